// Calls over HTTP, each on its own. Unless a name says otherwise, rivetkit/client does the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient, ENDPOINT, fakeServer, pass, requests, settle, watch } from "./fakes.js";

fakeServer();

const room = (options) => createClient({ endpoint: ENDPOINT, ...options }).room;
const MANY_MS = 10_000;

/** Answers each try with the same, as long as there are tries. */
async function always(status, body) {
	for (let n = 0; requests.length > n; n++) {
		requests[n].answer(status, body);
		await pass(MANY_MS);
	}
}

test("a call is one request, and its answer the output", async () => {
	const call = watch(room().getOrCreate(["a", "b"]).users["add all/ä"]("ann", 2n));
	await settle();
	const [{ url, body, headers }] = requests;
	assert.equal(url.href, `${ENDPOINT}/gateway/room/action/users.add%20all%2F%C3%A4?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key=a%2Cb`);
	assert.deepEqual(JSON.parse(body), { args: ["ann", ["$BigInt", "2"]] });
	assert.deepEqual([headers.get("content-type"), headers.get("x-rivet-encoding"), headers.get("x-rivet-conn-params")], ["application/json", "json", null]);
	requests[0].answer(200, { output: ["$Set", [1]] });
	await settle();
	assert.deepEqual(call.now, new Set([1]));
});

test("an answer without an output is undefined", async () => {
	const call = watch(room().get("k").nothing());
	await settle();
	requests[0].answer(200, {});
	await settle();
	assert.equal(call.now, undefined);
});

test("the server never answers: rejected after its time, not left hanging as by rivetkit/client", async () => {
	const call = watch(room({ callTimeoutMs: 1_000 }).get("k").ask());
	await pass(999);
	assert.equal(call.now, "pending");
	await pass(1);
	assert.equal(call.now, "client.call_timed_out");
	assert.ok(requests[0].signal.aborted);
});

test("the server answers, and never comes to the end: rejected after the time of the call too", async () => {
	const call = watch(room({ callTimeoutMs: 1_000 }).get("k").ask());
	await settle();
	const { answer, signal } = requests[0];
	answer(200, new ReadableStream({ start: (body) => signal.addEventListener("abort", () => body.error(signal.reason)) }));
	await pass(1_000);
	assert.equal(call.now, "client.call_timed_out");
});

test("the server is out of reach: rejected at once, and not tried again, for it may have been run", async () => {
	const call = watch(room().get("k").ask());
	await settle();
	requests[0].fail();
	await pass(MANY_MS);
	assert.equal(call.now, "client.request_failed");
	assert.match(call.error.message, /Failed to fetch/);
	assert.equal(requests.length, 1);
});

test("what answers is no actor: rejected, with the status", async () => {
	for (const [status, body] of [[502, "<html>Bad Gateway"], [404, "{}"], [500, "null"], [200, "<html>"], [200, "null"], [200, '{"output":["$What",1]}']]) {
		const call = watch(room().get("k").ask());
		await settle();
		requests.at(-1).answer(status, body);
		await pass(MANY_MS);
		assert.equal(call.now, "client.unreadable_answer", body);
		assert.match(call.error.message, new RegExp(status));
	}
	assert.equal(requests.length, 6);
});

test("an error of the actor: rejected with group, code, message and metadata, not tried again", async () => {
	const call = watch(room().getOrCreate("k").ask());
	await settle();
	await always(400, { group: "user", code: "sold_out", message: "None left", metadata: { left: ["$BigInt", "0"] } });
	const { group, code, message, metadata } = call.error;
	assert.deepEqual({ group, code, message, metadata }, { group: "user", code: "sold_out", message: "None left", metadata: { left: 0n } });
	assert.equal(requests.length, 1);
});

for (const reason of ["guard.service_unavailable", "actor.restarting", "actor.not_found", "actor.destroyed_while_waiting_for_ready"]) {
	const [group, code] = reason.split(".");
	test(`${reason}: tried again, five times at most`, async () => {
		const call = watch(room().getOrCreate("k").ask());
		await settle();
		await always(503, { group, code, message: "Later" });
		assert.deepEqual([call.now, requests.length], [reason, 5]);
		const lucky = watch(room().getOrCreate("k").ask());
		await settle();
		requests[5].answer(503, { group, code, message: "Later" });
		await pass(100);
		requests[6].answer(200, { output: "now" });
		await settle();
		assert.deepEqual([lucky.now, requests[6].body], ["now", requests[5].body]);
	});
}

test("get of a missing actor: rejected at once; rivetkit/client asks 24 times first", async () => {
	const call = watch(room().get("k").ask());
	await settle();
	await always(404, { group: "actor", code: "not_found", message: "The actor does not exist" });
	assert.deepEqual([call.now, requests.length], ["actor.not_found", 1]);
});

test("an unknown type: rejected at once", async () => {
	const call = watch(room().getOrCreate("k").ask());
	await settle();
	await always(404, { group: "actor", code: "type_not_found", message: "No actor type of that name is deployed" });
	assert.deepEqual([call.now, requests.length], ["actor.type_not_found", 1]);
});

test("the time of a call is that of all its tries", async () => {
	const call = watch(room({ callTimeoutMs: 120 }).getOrCreate("k").ask());
	await settle();
	requests[0].answer(503, { group: "guard", code: "service_unavailable", message: "Later" });
	await pass(100);
	assert.equal(requests.length, 2);
	await pass(20);
	assert.equal(call.now, "client.call_timed_out");
	await pass(MANY_MS);
	assert.equal(requests.length, 2);
});

test("the client is disposed during a call over HTTP: that is answered all the same, and so are later ones", async () => {
	const client = createClient(ENDPOINT);
	const handle = client.room.get("k");
	const calls = [watch(handle.ask())];
	await client.dispose();
	calls.push(watch(handle.ask()));
	await settle();
	for (const request of requests) request.answer(200, { output: "yes" });
	await settle();
	assert.deepEqual(calls.map((c) => c.now), ["yes", "yes"]);
});
