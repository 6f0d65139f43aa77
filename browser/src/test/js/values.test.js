// What arguments, answers and connection parameters may hold.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, connected, createClient, ENDPOINT, fakeServer, requests, settle, sockets, watch } from "./fakes.js";

fakeServer();

class Point {
	constructor(x, y) {
		Object.assign(this, { x, y });
	}
}

const SENT = {
	"plain values": [[null, true, "é ☃ 🚀 \u0000", 1.5, [1, [2]], { a: { b: [] } }], [null, true, "é ☃ 🚀 \u0000", 1.5, [1, [2]], { a: { b: [] } }]],
	"a bigint": [-12345678901234567890n, ["$BigInt", "-12345678901234567890"]],
	"undefined as an item, and a hole": [[undefined, , 1], [["$Undefined", 0], ["$Undefined", 0], 1]],
	"undefined as a member": [{ a: undefined, b: null }, { b: null }],
	"bytes": [new Uint8Array([0, 1, 127, 128, 255]), ["$Uint8Array", "AAF/gP8="]],
	"a part of a buffer": [new Uint8Array([1, 2, 3, 4]).subarray(1, 3), ["$Uint8Array", "AgM="]],
	"an ArrayBuffer": [new Uint8Array([1, 2]).buffer, ["$ArrayBuffer", "AQI="]],
	"a list of numbers": [new Float64Array([0.5, -1]), [0.5, -1]],
	"a list of bigints": [new BigInt64Array([5n]), [["$BigInt", "5"]]],
	"a Set": [new Set([1, new Set(["a"])]), ["$Set", [1, ["$Set", ["a"]]]]],
	"a Map": [new Map([["a", new Map([[1, 2n]])], ["gone", undefined]]), { a: { 1: ["$BigInt", "2"] } }],
	"a Date": [new Date(0), "1970-01-01T00:00:00.000Z"],
	"a Date that is none": [new Date(NaN), null],
	"what has a toJSON": [new URL("http://x/ä"), "http://x/%C3%A4"],
	"an object of a class": [new Point(1, 2n), { x: 1, y: ["$BigInt", "2"] }],
	"an object without a prototype": [Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
	"a list that looks like a mark": [["$BigInt", "1"], ["$$BigInt", "1"]],
	"one that looks like an escaped one": [["$$x", [["$y", 1]]], ["$$$x", [["$$y", 1]]]],
	"no marks": [[["$a"], ["$a", 1, 2], [1, "$a"]], [["$a"], ["$a", 1, 2], [1, "$a"]]],
	"numbers that JSON lacks": [[NaN, -Infinity], [null, null]],
};

for (const [name, [value, wire]] of Object.entries(SENT)) {
	test(`sent: ${name}`, async () => {
		const { connection, socket } = await connected();
		connection.save(value);
		createClient(ENDPOINT).room.get("k").save(value);
		await settle();
		assert.deepEqual(socket.calls[0].args, [wire]);
		assert.deepEqual(JSON.parse(requests[0].body), { args: [wire] });
	});
}

test("sent: a list of arguments that looks like a mark is escaped like any other", async () => {
	const { connection, socket } = await connected();
	connection.save("$BigInt", "1");
	assert.deepEqual(socket.calls[0].args, ["$$BigInt", "1"]);
});

test("sent: a member named __proto__ is one like any other", async () => {
	const { connection, socket } = await connected();
	connection.save(JSON.parse('{"__proto__":{"a":1}}'));
	assert.equal(JSON.stringify(socket.calls[0].args), '[{"__proto__":{"a":1}}]');
});

const circle = {};
circle.itself = circle;
const UNWRITABLE = {
	"a function": () => 1,
	"a symbol": Symbol("s"),
	"a Map with objects as keys": new Map([[{}, 1]]),
	"a WeakMap": new WeakMap(),
	"a promise": Promise.resolve(1),
	"a regular expression": /x/,
	"an Error": new Error("x"),
	"a DataView": new DataView(new ArrayBuffer(1)),
	"a Blob": new Blob(["x"]),
	"what contains itself": circle,
	"what a toJSON throws at": { toJSON: () => assert.fail("expected") },
};

for (const [name, value] of Object.entries(UNWRITABLE)) {
	test(`not sent: ${name}; the call is rejected at once`, async () => {
		const { connection, socket, story } = await connected();
		const calls = [watch(connection.save([{ value }])), watch(createClient(ENDPOINT).room.get("k").save([{ value }]))];
		await settle();
		assert.deepEqual(calls.map((c) => c.now), ["client.unwritable_value", "client.unwritable_value"]);
		assert.deepEqual([socket.sent, requests, story], [[], [], ["connected", "open"]]);
		const { connection: refused } = connect({ value });
		const call = watch(refused.ask());
		await settle();
		assert.deepEqual([call.now, refused.connStatus], ["client.unwritable_value", "idle"]);
	});
}

test("megabytes of bytes are sent, and come back", async () => {
	const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => i);
	const call = watch(createClient(ENDPOINT).room.get("k").echo(bytes));
	await settle();
	requests[0].answer(200, { output: JSON.parse(requests[0].body).args[0] });
	await settle();
	assert.deepEqual(call.now, bytes);
});

test("received: all marks, at every depth", async () => {
	const { connection, socket } = await connected();
	const call = watch(connection.load());
	socket.answer(0, {
		big: ["$BigInt", "-5"], bytes: ["$Uint8Array", "AAF/gP8="], buffer: ["$ArrayBuffer", "AQI="], none: ["$Undefined", 0],
		set: ["$Set", [1, ["$Set", [["$BigInt", "2"]]]]], list: ["$$BigInt", ["$$$x", 1]], plain: [["$a"], [1, "$a"]],
	});
	await settle();
	assert.deepEqual(call.now, {
		big: -5n, bytes: new Uint8Array([0, 1, 127, 128, 255]), buffer: new Uint8Array([1, 2]).buffer, none: undefined,
		set: new Set([1, new Set([2n])]), list: ["$BigInt", ["$$x", 1]], plain: [["$a"], [1, "$a"]],
	});
});

test("received: a member named __proto__ is one like any other", async () => {
	const { connection, socket } = await connected();
	const call = watch(connection.load());
	socket.raw('{"body":{"tag":"ActionResponse","val":{"id":["$BigInt","0"],"output":{"__proto__":{"evil":1}}}}}');
	await settle();
	assert.deepEqual([Object.keys(call.now), call.now.evil], [["__proto__"], undefined]);
});

// Every character of ASCII, and more; rivetkit/client refuses parentheses, and over HTTP what is beyond Latin-1.
const ODD = [
	String.fromCharCode(...Array(128).keys()), "Ann (home)", "O'Neil", "a*b!", "Jürgen 🐈", "a,b;c=d", '"""', "x~y", "{}[]", " ", "",
	"\u00ff\u0100\u2028\uffff", "half of a pair: \ud800",
];

for (const name of ODD) {
	test(`parameters with odd characters: ${JSON.stringify(name).slice(0, 40)}`, async () => {
		const { connection } = connect({ name });
		createClient(ENDPOINT).room.get("k", { params: { name } }).ask();
		await settle();
		sockets[0].init();
		assert.equal(connection.connStatus, "connected");
		const encoded = sockets[0].protocols[2].replace("rivet_conn_params.", "");
		assert.deepEqual(JSON.parse(decodeURIComponent(encoded)), { name });
		const header = requests[0].headers.get("x-rivet-conn-params");
		assert.match(header, /^[ -~]*$/);
		assert.deepEqual(JSON.parse(header), { name });
	});
}

/** The parameters of the sockets opened so far. */
const given = () => sockets.map((s) => JSON.parse(decodeURIComponent(s.protocols[2].replace("rivet_conn_params.", ""))));

test("parameters: those of connect come before those of the handle; false, 0 and the empty text are some", async () => {
	const handle = createClient(ENDPOINT).room.get("k", { params: "the handle's" });
	for (const params of ["connect's", false, 0, ""]) handle.connect(params);
	await settle();
	handle.connect();
	handle.ask();
	await settle();
	assert.deepEqual(given(), ["connect's", false, 0, "", "the handle's"]);
	assert.equal(requests[0].headers.get("x-rivet-conn-params"), '"the handle\'s"');
});

test("parameters may hold what arguments may", async () => {
	createClient(ENDPOINT).room.get("k", { params: [new Set([1n])] }).connect();
	await settle();
	assert.deepEqual(given(), [[["$Set", [["$BigInt", "1"]]]]]);
});
