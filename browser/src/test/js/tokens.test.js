// Tokens: with calls, with connections, and renewed while a connection is open.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, connected, createClient, ENDPOINT, fakeServer, pass, requests, settle, sockets, watch } from "./fakes.js";

fakeServer();

/** Gives t1, t2, ... */
function counting() {
	let last = 0;
	return async () => `t${++last}`;
}
const sent = (socket) => socket.sent.filter(({ tag }) => tag === "Token").map(({ val }) => val.token);

test("a token goes with each call in a header, and with each connection in a subprotocol, never in an address", async () => {
	const client = createClient({ endpoint: ENDPOINT, token: counting() });
	watch(client.room.get("k").look());
	await settle();
	assert.equal(requests[0].headers.get("x-rivet-token"), "t1");
	client.room.get("k").connect();
	await settle();
	assert.deepEqual(sockets[0].protocols, ["rivet", "rivet_encoding.json", "rivet_token.t2", "thespis_token_renewal"]);
	assert.doesNotMatch(requests[0].url.href + sockets[0].url.href, /t1|t2/);
});

test("without a token nothing of it is said", async () => {
	for (const token of [undefined, () => undefined, async () => null]) {
		const client = createClient({ endpoint: ENDPOINT, token });
		client.room.get("k").connect();
		watch(client.room.get("k").look());
	}
	await settle();
	for (const socket of sockets) assert.deepEqual(socket.protocols, ["rivet", "rivet_encoding.json"]);
	for (const request of requests) assert.equal(request.headers.get("x-rivet-token"), null);
	assert.equal(sockets.length, 3);
});

test("a fresh one is sent before the one before runs out, and again when that one does", async () => {
	const { socket, story } = await connected(undefined, undefined, { token: counting() });
	socket.say("TokenEnds", { inMillis: 40_000 });
	await pass(29_999);
	assert.deepEqual(sent(socket), []);
	await pass(1);
	assert.deepEqual(sent(socket), ["t2"]);
	socket.say("TokenEnds", { inMillis: 1_000_000 });
	await pass(939_999);
	assert.deepEqual(sent(socket), ["t2"]);
	await pass(1);
	assert.deepEqual(sent(socket), ["t2", "t3"]);
	assert.deepEqual(story, ["connected", "open"]);
	assert.equal(sockets.length, 1);
});

test("one that is not taken is told, and asked for again in what time is left", async () => {
	const { connection, socket, story } = await connected(undefined, undefined, { token: counting() });
	socket.say("TokenEnds", { inMillis: 16_000 });
	await pass(12_000);
	socket.refuse(null, "auth", "token_invalid");
	await pass(3_000);
	socket.refuse(null, "auth", "token_invalid");
	await pass(60_000);
	assert.deepEqual(sent(socket).slice(0, 2), ["t2", "t3"]);
	assert.ok(sent(socket).length <= 5);
	assert.deepEqual(story.slice(2), ["auth.token_invalid", "auth.token_invalid"]);
	const call = watch(connection.ask());
	socket.answer(0, "still here");
	await settle();
	assert.equal(call.now, "still here");
});

test("who supplies it may throw, give what cannot be sent, or hang", async () => {
	const ways = [() => { throw new Error("no"); }, async () => Promise.reject("no"), () => "a b", () => 7n, () => new Promise(() => {})];
	for (const way of ways) {
		let first = true;
		const token = () => (first ? ((first = false), "t1") : way());
		const { connection, socket, story } = await connected(undefined, undefined, { token });
		socket.say("TokenEnds", { inMillis: 4_000 });
		await pass(3_000);
		assert.ok(story.slice(2).every((told) => told === "client.token_failed"), story.join());
		assert.ok(sent(socket).every((one) => one === "7"));
		const call = watch(connection.ask());
		socket.answer(0, "still here");
		await settle();
		assert.equal(call.now, "still here");
		const over = connection.dispose();
		socket.shut(1000, "");
		await over;
	}
});

test("what cannot be sent is not told", async () => {
	const { story, connection } = connect(undefined, undefined, { token: () => "secret (token)" });
	let told;
	connection.onError((e) => (told = e));
	await settle();
	assert.deepEqual(story, ["disconnected", "client.token_failed"]);
	assert.doesNotMatch(`${told} ${JSON.stringify(told)}`, /secret/);
	const call = watch(createClient({ endpoint: ENDPOINT, token: () => "secret (token)" }).room.get("k").look());
	for (let tries = 0; tries < 5; tries++) await pass(10_000);
	assert.equal(call.now, "client.token_failed");
	assert.doesNotMatch(`${call.error}`, /secret/);
	assert.equal(sockets.length + requests.length, 0);
});

test("a call ends though its token never comes", async () => {
	const call = watch(createClient({ endpoint: ENDPOINT, callTimeoutMs: 1_000, token: () => new Promise(() => {}) }).room.get("k").look());
	await pass(1_000);
	assert.equal(call.now, "client.call_timed_out");
});

test("a token for a line that is lost is sent on no other", async () => {
	let give;
	let asked = 0;
	const token = () => (++asked === 2 ? new Promise((resolve) => (give = resolve)) : `t${asked}`);
	const { socket } = await connected(undefined, undefined, { token });
	socket.say("TokenEnds", { inMillis: 4_000 });
	await pass(3_000);
	socket.shut(1011, "auth.token_expired");
	await pass(0);
	sockets[1].init();
	give("late");
	await settle();
	assert.deepEqual([sent(socket), sent(sockets[1])], [[], []]);
	assert.ok(sockets[1].protocols.includes("rivet_token.t3"));
});

test("nothing is asked for when a connection is over", async () => {
	let asked = 0;
	const { connection, socket } = await connected(undefined, undefined, { token: () => `t${++asked}` });
	socket.say("TokenEnds", { inMillis: 4_000 });
	const over = connection.dispose();
	socket.shut(1000, "");
	await over;
	await pass(10_000);
	assert.equal(asked, 1);
});
