// What happens to a connection, and to its calls, when things go wrong. Unless a name says otherwise, rivetkit/client does the same.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import v8 from "node:v8";
import vm from "node:vm";
import { connect, connected, createClient, ENDPOINT, fakeServer, pass, settle, sockets, watch } from "./fakes.js";

fakeServer();

const LONGEST_RETRY_MS = 30_000;

// The codes of section 5 of WIRE.md, and those of rivetkit/client that it calls "a few more".
const BEYOND_THE_ACTOR = [
	"actor.not_found", "ws.going_away", "guard.service_unavailable", "guard.actor_wake_retries_exceeded", "guard.actor_stopped_while_waiting",
	"guard.tunnel_request_aborted", "guard.tunnel_message_timeout", "guard.tunnel_response_closed", "guard.gateway_response_start_timeout",
];
const OF_THE_ACTOR = [
	"actor.starting", "actor.stopping", "actor.not_configured", "actor.dropped_reply", "actor.destroyed_while_waiting_for_ready",
	"actor.restarting", "actor.stopped",
];
const FINAL = ["actor.type_not_found", "actor.invalid_key", "namespace.not_found", "guard.host_not_allowed", "user.token_refused", "user.not_found", "rivetkit.internal_error"];

test("the server never answers a call: it is rejected after its time, not left hanging as by rivetkit/client", async () => {
	const { connection, socket } = await connected();
	const call = watch(connection.ask());
	await pass(89_999);
	assert.equal(call.now, "pending");
	await pass(1);
	assert.equal(call.now, "client.call_timed_out");
	socket.answer(0, "late");
	const next = watch(connection.ask());
	socket.answer(1, "next");
	await settle();
	assert.deepEqual([call.now, next.now, connection.connStatus], ["client.call_timed_out", "next", "connected"]);
});

test("the time of a call is an option, and Infinity is none", async () => {
	const short = await connected(undefined, undefined, { callTimeoutMs: 10 });
	const call = watch(short.connection.ask());
	await pass(10);
	assert.equal(call.now, "client.call_timed_out");
	const endless = await connected(undefined, undefined, { callTimeoutMs: Infinity });
	const patient = watch(endless.connection.ask());
	await pass(24 * 3600_000);
	assert.equal(patient.now, "pending");
});

test("the server takes the socket and says nothing: closed, calls rejected, onError told, tried again; rivetkit/client hangs", async () => {
	const { connection, story } = connect();
	const call = watch(connection.ask());
	await pass(64_999);
	assert.deepEqual([call.now, story], ["pending", []]);
	await pass(1);
	assert.equal(call.now, "client.connect_timed_out");
	assert.deepEqual(story, ["disconnected", "client.connect_timed_out"]);
	assert.equal(sockets[0].closedWith.code, 1000);
	sockets[0].init();
	assert.equal(connection.connStatus, "disconnected", "what was given up is not heard");
	await pass(250);
	sockets[1].init();
	assert.equal(connection.connStatus, "connected");
	await pass(65_000);
	assert.equal(sockets.length, 2, "who is up is not timed out");
});

test("closed mid-way with a code: calls are rejected with it, onError is told, a new socket is opened at once", async () => {
	const { connection, socket, story } = await connected();
	const call = watch(connection.ask());
	socket.shut(1011, "message.incoming_too_long#ray1");
	await pass(0);
	assert.equal(call.now, "message.incoming_too_long");
	assert.deepEqual(story, ["connected", "open", "disconnected", "close", "message.incoming_too_long", "connecting"]);
	sockets[1].init();
	assert.deepEqual(story.slice(6), ["connected", "open"]);
	assert.deepEqual(sockets[1].calls, [], "a call that was rejected is not sent again");
});

test("closed mid-way without a code: calls are rejected, which is no error of the connection", async () => {
	for (const [code, reason] of [[1006, ""], [1000, ""], [1000, "See you. Bye"], [1001, "going away"]]) {
		const { connection, socket, story } = await connected();
		const call = watch(connection.ask());
		socket.shut(code, reason);
		await settle();
		assert.equal(call.now, "client.connection_lost");
		assert.ok(call.error.message.includes(`${code} ${reason}`));
		assert.deepEqual(story, ["connected", "open", "disconnected", "close", "connecting"]);
		connection.dispose();
	}
});

test("a call made while the connection is away waits for it", async () => {
	const { connection, socket } = await connected();
	const calls = [];
	connection.onClose(() => calls.push(watch(connection.ask("in onClose"))));
	socket.shut();
	calls.push(watch(connection.ask("after")));
	await pass(0);
	assert.deepEqual(sockets[1].calls, []);
	sockets[1].init();
	assert.deepEqual(sockets[1].calls.map(({ args }) => args), [["in onClose"], ["after"]]);
	sockets[1].answer(sockets[1].calls[0].id, 1);
	sockets[1].answer(sockets[1].calls[1].id, 2);
	await settle();
	assert.deepEqual(calls.map((c) => c.now), [1, 2]);
});

for (const reason of BEYOND_THE_ACTOR) {
	test(`refused with ${reason}: calls are rejected, onError is told, and it is tried again`, async () => {
		const { connection, story } = connect();
		const call = watch(connection.ask());
		await settle();
		sockets[0].shut(1011, `${reason}#ray`);
		await settle();
		assert.equal(call.now, reason, "rivetkit/client leaves a call to a missing actor hanging");
		assert.deepEqual(story, ["disconnected", reason], "and is silent about it");
		const later = watch(connection.ask());
		await pass(250);
		sockets[1].init();
		sockets[1].answer(1, "there");
		await settle();
		assert.deepEqual([later.now, story.at(-1)], ["there", "open"]);
	});
}

for (const reason of OF_THE_ACTOR) {
	test(`refused with ${reason}, which soon passes: calls go on waiting, for their time at most; onError is told, and it is tried again`, async () => {
		const { connection, story } = connect();
		const call = watch(connection.ask());
		await settle();
		sockets[0].shut(1011, reason);
		await pass(250);
		sockets[1].init();
		sockets[1].answer(0, "there");
		await settle();
		assert.deepEqual([call.now, story], ["there", ["disconnected", reason, "connected", "open"]]);

		const never = connect();
		const hopeless = watch(never.connection.ask());
		for (let waited = 0; waited < 90_000; waited += 30_000) {
			await settle();
			sockets.at(-1).shut(1011, reason);
			await pass(30_000);
		}
		assert.equal(hopeless.now, "client.call_timed_out");
	});
}

test("tries are at most 250 ms apart, then twice that, up to 30 s, and never end or go silent", async () => {
	const { story } = connect();
	await settle();
	for (const wait of [250, 500, 1000, 2000, 4000, 8000, 16_000, LONGEST_RETRY_MS, LONGEST_RETRY_MS, LONGEST_RETRY_MS]) {
		const tried = sockets.length;
		sockets.at(-1).shut(1011, "guard.service_unavailable");
		await pass(wait - 1);
		assert.equal(sockets.length, tried, `not within ${wait} ms`);
		await pass(1);
		assert.equal(sockets.length, tried + 1);
	}
	assert.deepEqual(story, ["disconnected", ...Array(10).fill("guard.service_unavailable")]);
});

test("clients that lost the same server do not come back in step, as those of rivetkit/client do", async () => {
	connect();
	await settle();
	mock.method(Math, "random", () => 0);
	sockets[0].shut(1011, "guard.service_unavailable");
	await pass(125);
	assert.equal(sockets.length, 2);
});

for (const reason of FINAL) {
	test(`refused with ${reason}: calls are rejected, onError is told once, and that is the end`, async () => {
		const { connection, story } = connect();
		const call = watch(connection.ask());
		await settle();
		sockets[0].shut(1011, reason);
		await settle();
		const late = watch(connection.ask());
		await pass(10 * LONGEST_RETRY_MS);
		assert.deepEqual([call.now, late.now], [reason, reason], "rivetkit/client leaves later calls hanging");
		assert.deepEqual(story, ["idle", reason]);
		assert.equal(sockets.length, 1);
	});
}

test("refused by the actor: the error has message and metadata, and is told once though a close follows", async () => {
	const { connection, story } = connect();
	const errors = [];
	connection.onError((e) => errors.push(e));
	const call = watch(connection.ask());
	await settle();
	sockets[0].refuse(null, "user", "banned", { until: ["$BigInt", "2030"] });
	sockets[0].shut(1011, "user.banned");
	await pass(LONGEST_RETRY_MS);
	assert.deepEqual(story, ["idle", "user.banned"]);
	assert.deepEqual([errors[0].message, errors[0].metadata], ["user says banned", { until: 2030n }]);
	assert.equal(call.error, errors[0]);
	assert.equal(sockets.length, 1);
});

test("nobody listens at the port: rivetkit/client gives up in the end; here it is tried again, and never in silence", async () => {
	const { connection, story } = connect();
	const call = watch(connection.ask());
	await settle();
	sockets[0].shut();
	await pass(250);
	assert.equal(call.now, "client.connection_lost");
	sockets[1].shut();
	await pass(500);
	sockets[2].init();
	assert.deepEqual(story, ["disconnected", "client.connection_lost", "client.connection_lost", "connected", "open"]);
	assert.equal(connection.connStatus, "connected");
});

test("a reconnect is refused for good: that is the end", async () => {
	const { connection, socket, story } = await connected();
	socket.shut();
	await pass(0);
	sockets[1].shut(1011, "actor.type_not_found");
	await pass(LONGEST_RETRY_MS);
	assert.deepEqual(story.slice(2), ["disconnected", "close", "connecting", "idle", "actor.type_not_found"]);
	assert.deepEqual([sockets.length, connection.connStatus], [2, "idle"]);
});

test("a connection that ends as soon as it is up is not made anew in a tight loop, as by rivetkit/client", async () => {
	await connected();
	const waits = [];
	for (let i = 0; i < 4; i++) {
		const tried = sockets.length;
		sockets.at(-1).shut(1000, "room.kicked");
		let waited = 0;
		await pass(0);
		for (; sockets.length === tried; waited += 250) await pass(250);
		waits.push(waited);
		sockets.at(-1).init();
	}
	assert.deepEqual(waits, [0, 500, 1000, 2000]);
	await pass(5_000);
	const tried = sockets.length;
	sockets.at(-1).shut();
	await pass(0);
	assert.equal(sockets.length, tried + 1, "one that held is made anew at once");
});

test("an address that is none: calls are rejected, and that is the end", async () => {
	const { connection, story } = connect(undefined, undefined, { endpoint: "no address" });
	const call = watch(connection.ask());
	await settle();
	assert.equal(call.now, "client.connection_open_failed");
	assert.deepEqual(story, ["idle", "client.connection_open_failed"]);
});

test("what cannot be read before the connection is up is its end; later it is made anew; rivetkit/client goes on, and the call hangs", async () => {
	for (const data of ["no json", "{}", "null", "[]", '{"body":{"tag":"Event","val":{"name":"e"}}}', '{"body":["$What",1]}', new ArrayBuffer(1)]) {
		const strange = connect();
		await settle();
		sockets.at(-1).raw(data);
		assert.equal(strange.connection.connStatus, "idle", String(data));

		const { connection, socket, story } = await connected();
		const call = watch(connection.ask());
		const tried = sockets.length;
		socket.raw(data);
		await pass(0);
		assert.equal(call.now, "client.unreadable_message");
		assert.deepEqual(story.slice(2), ["disconnected", "close", "client.unreadable_message", "connecting"]);
		assert.equal(sockets.length, tried + 1);
		connection.dispose();
	}
});

test("a message of a kind that is not known is passed over", async () => {
	const { socket, story } = await connected();
	socket.say("News", { of: "a later version" });
	assert.deepEqual(story, ["connected", "open"]);
});

test("disposed during a call: it is rejected, and so is every later one", async () => {
	const { connection, socket, story } = await connected();
	const call = watch(connection.ask());
	const disposed = watch(connection.dispose());
	const late = watch(connection.ask());
	await settle();
	assert.deepEqual([call.now, late.now, disposed.now], ["client.disposed", "client.disposed", "pending"]);
	assert.deepEqual(socket.closedWith, { code: 1000, reason: "Disposed" });
	socket.answer(0, "late");
	socket.event("e");
	socket.shut(1000, "Disposed");
	await pass(LONGEST_RETRY_MS);
	assert.equal(disposed.now, undefined);
	assert.deepEqual(story, ["connected", "open", "idle", "close"]);
	assert.equal(watch(connection.ask()).now, "pending");
	await settle();
	assert.equal(sockets.length, 1);
});

test("disposed, and the server never closes: dispose ends all the same", async () => {
	const { connection } = await connected();
	const disposed = watch(connection.dispose());
	await pass(2_000);
	assert.equal(disposed.now, undefined);
});

test("disposed before the connection is up: no socket is opened, or the one that was is closed", async () => {
	const early = connect();
	const call = watch(early.connection.ask());
	await early.connection.dispose();
	await settle();
	assert.deepEqual([sockets.length, call.now], [0, "client.disposed"]);
	const late = connect();
	await settle();
	late.connection.dispose();
	sockets[0].init();
	assert.deepEqual([sockets[0].closedWith.code, late.connection.connStatus, late.story], [1000, "idle", ["idle"]]);
});

test("disposed while it waits to try again: it does not try again, and the calls that wait are rejected", async () => {
	const { connection, story } = connect();
	await settle();
	sockets[0].shut(1011, "guard.service_unavailable");
	const call = watch(connection.ask());
	await connection.dispose();
	await pass(10 * LONGEST_RETRY_MS);
	assert.equal(call.now, "client.disposed");
	assert.deepEqual([sockets.length, story], [1, ["disconnected", "guard.service_unavailable", "idle"]]);
});

test("disposed by a listener, of whatever kind: nothing is told or tried after that", async () => {
	for (const kind of ["onClose", "onError", "onStatusChange"]) {
		const { connection, socket } = await connected();
		const tried = sockets.length;
		connection[kind](() => connection.dispose());
		socket.shut(1011, "guard.service_unavailable");
		await pass(LONGEST_RETRY_MS);
		assert.deepEqual([sockets.length, connection.connStatus], [tried, "idle"], kind);
	}
	const { connection, story } = connect();
	connection.onStatusChange((status) => status === "connected" && connection.dispose());
	await settle();
	sockets.at(-1).init();
	assert.deepEqual(story, ["connected", "idle", "close"]);
});

test("disposed twice, or after a refusal: nothing more happens", async () => {
	const { connection, socket, story } = await connected();
	const twice = [connection.dispose(), connection.dispose()];
	socket.shut(1000);
	await Promise.all(twice);
	assert.deepEqual(story, ["connected", "open", "idle", "close"]);
	const refused = connect();
	await settle();
	sockets.at(-1).shut(1011, "user.no");
	await refused.connection.dispose();
	assert.deepEqual(refused.story, ["idle", "user.no"]);
});

test("the client is disposed: all of its connections end, also one that it makes later", async () => {
	const { client, connection, socket } = await connected();
	const second = client.room.getOrCreate("other").connect();
	await settle();
	const calls = [watch(connection.ask()), watch(second.ask())];
	const disposed = watch(client.dispose());
	for (const s of sockets) s.shut(1000);
	await settle();
	assert.equal(disposed.now, undefined);
	const third = client.room.get("k").connect();
	calls.push(watch(third.ask()));
	await pass(LONGEST_RETRY_MS);
	assert.deepEqual(calls.map((c) => c.now), Array(3).fill("client.disposed"));
	assert.deepEqual([socket.closedWith.code, third.connStatus, sockets.length], [1000, "idle", 2]);
	await client.dispose();
});

test("getParams is asked for each socket; what it throws is told, and it is asked again", async () => {
	let asked = 0;
	const getParams = async () => {
		if (++asked === 2) throw new Error("no token");
		return { token: asked };
	};
	const { connection, story } = connect(undefined, { getParams });
	await settle();
	sockets[0].init();
	sockets[0].shut();
	const call = watch(connection.ask());
	await pass(0);
	assert.equal(call.now, "client.get_params_failed");
	assert.match(call.error.message, /no token/);
	await pass(500);
	sockets[1].init();
	assert.deepEqual(sockets.map((s) => decodeURIComponent(s.protocols[2])), ['rivet_conn_params.{"token":1}', 'rivet_conn_params.{"token":3}']);
	assert.deepEqual(story.slice(2), ["disconnected", "close", "connecting", "disconnected", "client.get_params_failed", "connected", "open"]);
});

test("getParams never ends: told after the time for a connection; what it gives then is not used; rivetkit/client hangs", async () => {
	const given = [];
	const { connection } = connect(undefined, { getParams: () => new Promise((resolve) => given.push(resolve)) });
	const call = watch(connection.ask());
	await pass(65_000);
	assert.equal(call.now, "client.connect_timed_out");
	await pass(250);
	given[0]("late");
	await settle();
	assert.equal(sockets.length, 0);
	given[1]("in time");
	await settle();
	assert.deepEqual(sockets.map((s) => s.protocols[2]), ["rivet_conn_params.%22in%20time%22"]);
});

test("a connection that is over is let go of, though its client lives", async () => {
	v8.setFlagsFromString("--expose-gc");
	const gc = vm.runInNewContext("gc");
	const client = createClient(ENDPOINT);
	const over = [];
	const live = async (end) => {
		const connection = client.room.getOrCreate("k").connect();
		const listener = () => {}; // which nobody but the connection holds
		connection.onOpen(listener);
		over.push(new WeakRef(listener));
		await settle();
		end(connection);
	};
	await live((connection) => connection.dispose());
	await live(() => sockets.at(-1).shut(1011, "user.no"));
	await live(() => sockets.at(-1).shut(1011, "guard.service_unavailable"));
	sockets.length = 0;
	await settle();
	mock.timers.reset();
	gc();
	assert.deepEqual(over.map((reference) => reference.deref() === undefined), [true, true, false]);
	await client.dispose();
});

test("calls that wait are bounded: more are rejected at once", async () => {
	const { connection } = connect();
	const calls = Array.from({ length: 10_000 }, () => watch(connection.ask()));
	const tooMany = watch(connection.ask());
	await settle();
	assert.equal(tooMany.now, "client.too_many_calls");
	sockets[0].init();
	assert.equal(sockets[0].calls.length, 10_000);
	sockets[0].answer(0, "done");
	const next = watch(connection.ask());
	await settle();
	assert.deepEqual([calls[0].now, next.now], ["done", "pending"]);
});
