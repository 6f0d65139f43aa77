// Calls, events and names of a connection when nothing goes wrong, and listeners that do.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ActorError, connect, connected, createClient, ENDPOINT, fakeServer, pass, reported, settle, sockets, watch } from "./fakes.js";

fakeServer();

test("the address says type, key, method and namespace", async () => {
	const client = createClient(`${ENDPOINT}/`);
	client["a type/ä"].get().connect();
	client.room.getOrCreate(["a,b", "ü/ö&?", 7]).connect();
	client.room.getOrCreate("one").connect();
	client.room.getOrCreate([""]).connect();
	await settle();
	assert.deepEqual(sockets.map((s) => s.url.href.replace("ws://server.example/actors/gateway/", "")), [
		"a%20type%2F%C3%A4/connect?rvt-namespace=default&rvt-method=get",
		"room/connect?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key=a%2Cb%2C%C3%BC%2F%C3%B6%26%3F%2C7",
		"room/connect?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key=one",
		"room/connect?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key=",
	]);
	assert.deepEqual(sockets[0].protocols, ["rivet", "rivet_encoding.json"]);
});

test("a key that is neither text nor a number is refused, and not taken for the empty one", () => {
	const { room } = createClient(ENDPOINT);
	for (const key of [[undefined], [null], {}, [["a"]], [true]]) assert.throws(() => room.getOrCreate(key), TypeError);
});

test("a page behind TLS connects through TLS", async () => {
	createClient("https://server.example").room.get("k").connect();
	await settle();
	assert.equal(sockets[0].url.protocol, "wss:");
});

test("calls wait for the connection, and leave in their order, behind the subscriptions", async () => {
	const { connection } = connect();
	connection.on("moved", () => {});
	const calls = [1, 2, 3].map((n) => watch(connection.add(n)));
	await settle();
	assert.deepEqual(sockets[0].sent, []);
	sockets[0].init();
	assert.deepEqual(sockets[0].sent.map(({ tag, val }) => (tag === "ActionRequest" ? val : tag)), [
		"SubscriptionRequest",
		{ id: 0, name: "add", args: [1] },
		{ id: 1, name: "add", args: [2] },
		{ id: 2, name: "add", args: [3] },
	]);
	for (const id of [2, 0, 1]) sockets[0].answer(id, id * 10);
	await settle();
	assert.deepEqual(calls.map((c) => c.now), [0, 10, 20]);
	assert.deepEqual([connection.actorId, connection.connId], ["a1", "c1"]);
});

test("an error of an action rejects that call alone, with group, code, message and metadata", async () => {
	const { connection, socket, story } = await connected();
	const [bad, good] = [watch(connection.buy("tea")), watch(connection.buy("salt"))];
	socket.refuse(0, "user", "sold_out", { left: ["$BigInt", "0"] });
	socket.answer(1, ["$Undefined", 0]);
	await settle();
	const { name, group, code, message, metadata } = bad.error;
	assert.deepEqual({ name, group, code, message, metadata }, { name: "ActorError", group: "user", code: "sold_out", message: "user says sold_out", metadata: { left: 0n } });
	assert.ok(bad.error instanceof ActorError && bad.error instanceof Error);
	assert.equal(good.now, undefined);
	assert.deepEqual(story, ["connected", "open"]);
});

test("an answer for nobody is passed over", async () => {
	const { connection, socket } = await connected();
	socket.answer(77, "for whom?");
	socket.refuse(78, "user", "no");
	const call = watch(connection.ask());
	socket.answer(0, "you");
	await settle();
	assert.equal(call.now, "you");
});

test("a refused subscription is told, and the calls in between keep their answers, which rivetkit/client rejects", async () => {
	const { connection, socket, story } = await connected();
	const call = watch(connection.ask());
	socket.refuse(null, "auth", "forbidden");
	socket.answer(0, "all the same");
	await settle();
	assert.deepEqual([call.now, story], ["all the same", ["connected", "open", "auth.forbidden"]]);
});

test("arguments are written when the call is made", async () => {
	const { connection } = connect();
	const list = [1];
	connection.save(list);
	list.push(2);
	await settle();
	sockets[0].init();
	assert.deepEqual(sockets[0].calls[0].args, [[1]]);
});

test("names: nested ones, then, those of methods, those of symbols", async () => {
	const { client, connection, socket } = await connected();
	connection.users.add("ann");
	connection.call.apply.bind();
	connection.action({ name: "dispose" });
	assert.deepEqual(socket.calls.map(({ name, args }) => [name, args]), [["users.add", ["ann"]], ["call.apply.bind", []], ["dispose", []]]);
	for (const it of [client, connection, client.room.get("k")]) assert.equal(await it, it, "is no promise");
	assert.equal(connection.users.then, undefined);
	assert.equal(String(connection), "[object Object]");
	assert.equal(connection[Symbol.iterator], undefined);
	assert.equal(client[Symbol.iterator], undefined);
});

test("events go to all who listen, with all arguments, in order", async () => {
	const { connection, socket } = await connected();
	const got = [];
	connection.on("e", (...args) => got.push(["first", ...args]));
	connection.on("e", (...args) => got.push(["second", ...args]));
	connection.on("other", () => got.push("other"));
	socket.event("e");
	socket.event("e", 1, { a: ["$BigInt", "2"] });
	socket.event("nobody", 1);
	assert.deepEqual(got, [["first"], ["second"], ["first", 1, { a: 2n }], ["second", 1, { a: 2n }]]);
});

test("the first listener subscribes, the last one that goes ends it, also the same function twice", async () => {
	const { connection, socket } = await connected();
	let n = 0;
	const listener = () => n++;
	const offs = [connection.on("e", listener), connection.on("e", listener)];
	socket.event("e");
	assert.equal(n, 2);
	offs[0]();
	offs[0]();
	socket.event("e");
	assert.deepEqual([n, socket.subscriptions], [3, ["+e"]]);
	offs[1]();
	connection.on("e", listener);
	offs[1]();
	socket.event("e");
	assert.deepEqual([n, socket.subscriptions], [4, ["+e", "-e", "+e"]]);
});

test("once is once, also if its listener throws, and can be ended before", async () => {
	const { connection, socket } = await connected();
	const got = [];
	const off = connection.once("e", () => got.push("ended"));
	connection.once("e", (x) => {
		got.push(x);
		throw new Error("expected");
	});
	off();
	off();
	socket.event("e", 1);
	socket.event("e", 2);
	assert.deepEqual([got, socket.subscriptions], [[1], ["+e", "-e"]]);
});

test("a listener that ends itself, or another one, does not keep the others from hearing the event", async () => {
	const { connection, socket } = await connected();
	const got = [];
	const off = connection.on("e", () => off() ?? got.push(1));
	connection.on("e", () => got.push(2));
	socket.event("e");
	socket.event("e");
	assert.deepEqual(got, [1, 2, 2]);
});

test("a listener throws: the others are told, calls and reconnects go on, and the page's error handler hears of it", async () => {
	const { connection } = connect();
	const told = [];
	for (const kind of ["onOpen", "onClose", "onError", "onStatusChange"]) {
		connection[kind](() => {
			throw new Error(kind);
		});
		connection[kind]((x) => told.push(x instanceof Error ? x.code : x ?? kind));
	}
	connection.on("e", () => {
		throw new Error("on");
	});
	connection.on("e", () => told.push("e"));
	await settle();
	sockets[0].init();
	sockets[0].event("e");
	const call = watch(connection.ask());
	sockets[0].answer(0, "well");
	await settle();
	assert.equal(call.now, "well");
	sockets[0].shut(1011, "guard.service_unavailable");
	await pass(0);
	sockets[1].init();
	assert.deepEqual(told, ["connected", "onOpen", "e", "disconnected", "onClose", "service_unavailable", "connecting", "connected", "onOpen"]);
	assert.deepEqual(reported.map((e) => e.message), ["onStatusChange", "onOpen", "on", "onStatusChange", "onClose", "onError", "onStatusChange", "onStatusChange", "onOpen"]);
});

test("after a reconnect those subscriptions are made again that still are, once each", async () => {
	const { connection, socket } = await connected();
	const got = [];
	connection.on("stays", (x) => got.push(x));
	connection.on("stays", (x) => got.push(x));
	connection.on("goes", () => {})();
	const off = connection.on("ends while away", () => {});
	socket.shut();
	off();
	connection.on("begins while away", () => {});
	await pass(0);
	sockets[1].init();
	assert.deepEqual(sockets[1].subscriptions, ["+stays", "+begins while away"]);
	sockets[1].event("stays", 1);
	assert.deepEqual(got, [1, 1]);
});

test("onOpen is told soon if the connection is up already, unless it is ended before", async () => {
	const { connection } = await connected();
	const told = [];
	connection.onOpen(() => told.push("late"));
	connection.onOpen(() => told.push("ended"))();
	assert.deepEqual(told, []);
	await settle();
	assert.deepEqual(told, ["late"]);
});

test("a million events: each is told once, in order", async () => {
	const { connection, socket } = await connected();
	let next = 0;
	connection.on("tick", (i) => (next = i === next ? next + 1 : NaN));
	for (let i = 0; i < 1_000_000; i++) socket.raw(`{"body":{"tag":"Event","val":{"name":"tick","args":[${i}]}}}`);
	assert.equal(next, 1_000_000);
	const call = watch(connection.ask());
	socket.answer(0, "still here");
	await settle();
	assert.equal(call.now, "still here");
});
