// What happens when things go wrong, the same with both clients: rivetkit/client, and thespis.js with the WebSocket of ws.
// Where they differ, so that thespis.js does not hang, its own tests say so (browser/src/test/js).
import "../lib/env.ts";
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createClient as createRivet } from "rivetkit/client";
import { WebSocket } from "ws";
import { until } from "../lib/kit.ts";
// @ts-ignore: it has its own types, in its comments
import { createClient as createThespis } from "../../../../browser/src/main/resources/META-INF/resources/thespis.js";
import { type Script, type Socket, script } from "./script.ts";

/** As a browser's: it throws nothing when nobody listens to its errors. */
class BrowserWebSocket extends WebSocket {
	constructor(url: string, protocols: string[]) {
		super(url, protocols);
		this.on("error", () => {});
	}
}
Object.assign(globalThis, { WebSocket: BrowserWebSocket });

const CLIENTS: Record<string, (endpoint: string) => any> = {
	"rivetkit/client": (endpoint) => createRivet({ endpoint, encoding: "json", devtools: false } as any),
	"thespis.js": (endpoint) => createThespis(endpoint),
};

interface Play {
	server: Script;
	client: any;
	/** A connection, with all that it told; an error that it told more than once in a row counts once. */
	connect(options?: object): { conn: any; story: string[] };
}

interface Part {
	open(socket: Socket, n: number): void;
	call?(socket: Socket, id: number, name: string): void;
}

const up: Part = { open: (socket) => socket.init(), call: (socket, id, name) => name === "ask" && socket.answer(id, "answer") };

function alike(name: string, part: Part, play: (play: Play) => Promise<void>) {
	for (const [which, make] of Object.entries(CLIENTS)) {
		test(`${name} [${which}]`, { timeout: 120_000 }, async () => {
			const server = await script(part);
			const client = make(server.endpoint);
			try {
				await play({ server, client, connect: (options) => told(client.room.getOrCreate("k", options).connect()) });
			} finally {
				await client.dispose();
				server.end();
				mock.restoreAll();
			}
		});
	}
}

function told(conn: any) {
	const story: string[] = [];
	conn.onStatusChange((status: string) => story.push(status));
	conn.onOpen(() => story.push("open"));
	conn.onClose(() => story.push("close"));
	conn.onError((e: any) => story.at(-1) !== `${e.group}.${e.code}` && story.push(`${e.group}.${e.code}`));
	return { conn, story };
}

/** What a promise was rejected with, or a failed assertion. */
const rejection = (promise: Promise<unknown>) => promise.then((value) => assert.fail(`answered ${value}`), (e) => e);
const reason = async (promise: Promise<unknown>) => rejection(promise).then(({ group, code }) => `${group}.${code}`);

alike("a life without trouble", up, async ({ connect }) => {
	const { conn, story } = connect();
	assert.equal(conn.connStatus, "connecting");
	assert.equal(await conn.ask(), "answer");
	await conn.dispose();
	assert.equal(conn.connStatus, "idle");
	assert.deepEqual(story, ["connected", "open", "idle", "close"]);
});

alike("closed mid-way with a code: calls are rejected with it, and the connection comes back with its subscriptions", {
	...up,
	call: (socket, id, name) => (name === "ask" ? socket.answer(id, "answer") : socket.close(1011, "message.incoming_too_long#ray")),
}, async ({ connect, server }) => {
	const { conn, story } = connect();
	conn.on("e", () => {});
	await conn.ask();
	assert.equal(await reason(conn.end()), "message.incoming_too_long");
	assert.equal(await conn.ask(), "answer");
	assert.deepEqual(story, ["connected", "open", "disconnected", "close", "message.incoming_too_long", "connecting", "connected", "open"]);
	assert.deepEqual(server.sockets.map((s) => s.subscriptions), [["+e"], ["+e"]]);
});

alike("closed mid-way without a code: calls are rejected, which is no error of the connection", {
	...up,
	call: (socket, id, name) => (name === "ask" ? socket.answer(id, "answer") : name === "cut" ? socket.cut() : socket.close(1000)),
}, async ({ connect, server }) => {
	const { conn, story } = connect();
	await conn.ask();
	for (const name of ["cut", "close"]) {
		assert.ok((await rejection(conn[name]())) instanceof Error);
		assert.equal(await conn.ask(), "answer");
	}
	assert.deepEqual(story.filter((s) => s.includes(".")), []);
	assert.equal(server.sockets.length, 3);
});

alike("a call made while the connection is away waits for it", { ...up, call: (socket, id, name) => (name === "ask" ? socket.answer(id, "answer") : socket.cut()) }, async ({ connect }) => {
	const { conn } = connect();
	await conn.ask();
	const later = new Promise((resolve) => {
		const off = conn.onClose(() => setImmediate(() => resolve(conn.ask()), off()));
	});
	await rejection(conn.end());
	assert.equal(await later, "answer");
});

alike("refused by a server that is away for a while: waiting calls are rejected, onError is told, it is tried again", {
	...up,
	open: (socket, n) => (n < 3 ? socket.close(1011, "guard.service_unavailable#ray") : socket.init()),
}, async ({ connect }) => {
	const { conn, story } = connect();
	assert.equal(await reason(conn.ask()), "guard.service_unavailable");
	await until("it is up", () => conn.connStatus === "connected");
	assert.equal(await conn.ask(), "answer");
	assert.deepEqual(story, ["disconnected", "guard.service_unavailable", "connected", "open"]);
});

for (const code of ["starting", "destroyed_while_waiting_for_ready"]) {
	alike(`refused by an actor that moves (${code}): waiting calls go on waiting, it is tried again`, {
		...up,
		open: (socket, n) => (n < 3 ? socket.close(1011, `actor.${code}`) : socket.init()),
	}, async ({ connect, server }) => {
		const { conn } = connect();
		assert.equal(await conn.ask(), "answer");
		assert.equal(server.sockets.length, 3);
	});
}

alike("a missing actor that comes to be: the connection does too", {
	...up,
	open: (socket, n) => (n < 3 ? socket.close(1011, "actor.not_found") : socket.init()),
}, async ({ client }) => {
	const conn = client.room.get("k").connect();
	await until("it is up", () => conn.connStatus === "connected");
	assert.equal(await conn.ask(), "answer");
});

alike("refused for good by a close: calls are rejected, onError is told, and that is the end", { open: (socket) => socket.close(1011, "actor.type_not_found") }, async ({ connect, server }) => {
	const { conn, story } = connect();
	assert.equal(await reason(conn.ask()), "actor.type_not_found");
	await until("it is over", () => conn.connStatus === "idle");
	assert.deepEqual(story.filter((s) => s.includes(".")), ["actor.type_not_found"]);
	assert.ok(!story.includes("connected"));
	assert.equal(server.sockets.length, 1);
});

alike("refused for good by the actor: the error has message and metadata", {
	open: (socket) => {
		socket.refuse(null, "user", "banned", { until: "2030" });
		socket.close(1011, "user.banned");
	},
}, async ({ connect, server }) => {
	const { conn } = connect();
	const errors: any[] = [];
	conn.onError((e: any) => errors.push(e));
	const { group, code, message, metadata } = await rejection(conn.ask());
	assert.deepEqual({ group, code, message, metadata }, { group: "user", code: "banned", message: "user says banned", metadata: { until: "2030" } });
	await until("it is over", () => conn.connStatus === "idle");
	assert.deepEqual([errors[0].message, errors[0].metadata, server.sockets.length], ["user says banned", { until: "2030" }, 1]);
});

alike("disposed during a call: it is rejected, and so is a later one", { open: (socket) => socket.init() }, async ({ connect, server }) => {
	const { conn, story } = connect();
	const call = rejection(conn.ask());
	await until("it is on its way", () => server.sockets[0]?.calls.length === 1);
	const disposed = conn.dispose();
	assert.ok((await call) instanceof Error);
	await disposed;
	assert.ok((await rejection(conn.ask())) instanceof Error);
	assert.deepEqual(story, ["connected", "open", "idle", "close"]);
});

alike("the client is disposed during calls: those of all connections are rejected", { open: (socket) => socket.init() }, async ({ client, server }) => {
	const calls = ["a", "b"].map((key) => rejection(client.room.getOrCreate(key).connect().ask()));
	await until("they are on their way", () => server.sockets.filter((s) => s.calls.length === 1).length === 2);
	await client.dispose();
	for (const call of calls) assert.ok((await call) instanceof Error);
});

alike("disposed while it waits to try again: it does not", { open: (socket) => socket.close(1011, "guard.service_unavailable") }, async ({ connect, server }) => {
	const { conn, story } = connect();
	await until("it waits", () => story.includes("guard.service_unavailable"));
	await conn.dispose();
	const tried = server.sockets.length;
	const other = connect();
	await until("another one has tried twice", () => server.sockets.length >= tried + 3);
	await other.conn.dispose();
	assert.equal(conn.connStatus, "idle");
});

alike("a listener throws: calls go on, and so do later events", up, async ({ connect, server }) => {
	mock.method(console, "error", () => {});
	const { conn } = connect();
	const got: unknown[] = [];
	for (const kind of ["onOpen", "onClose", "onError", "onStatusChange"]) {
		conn[kind](() => {
			throw new Error("expected by the test");
		});
	}
	conn.on("e", (x: unknown) => {
		got.push(x);
		throw new Error("expected by the test");
	});
	await conn.ask();
	server.sockets[0]!.event("e", 1);
	server.sockets[0]!.event("e", 2);
	assert.equal(await conn.ask(), "answer");
	assert.deepEqual(got, [1, 2]);
});

alike("parameters with odd characters arrive", up, async ({ connect, server }) => {
	const odd = `O'Neil a*b! Jürgen 🐈 a,b;c=d """ x~y {}[] % \u0000\u007f\u2028`;
	const { conn } = connect({ params: { odd } });
	await conn.ask();
	assert.deepEqual(server.sockets[0]!.params, { odd });
});

alike("getParams is asked for each socket; what it throws is told, and it is asked again", { ...up, call: (socket, id, name) => (name === "ask" ? socket.answer(id, "answer") : socket.cut()) }, async ({ connect, server }) => {
	let asked = 0;
	const getParams = async () => {
		if (++asked === 2) throw new Error("no token");
		return asked;
	};
	const { conn, story } = connect({ getParams });
	await conn.ask();
	await rejection(conn.end());
	await until("it is back", () => server.sockets.length === 2);
	await until("it is up", () => conn.connStatus === "connected");
	assert.deepEqual(server.sockets.map((s) => s.params), [1, 3]);
	assert.ok(story.includes("client.get_params_failed"));
});

alike("ten thousand events: each is told once, in order", {
	...up,
	call: (socket, id) => {
		for (let i = 0; i < 10_000; i++) socket.event("tick", i);
		socket.answer(id, "answer");
	},
}, async ({ connect }) => {
	const { conn } = connect();
	let next = 0;
	conn.on("tick", (i: number) => (next = i === next ? next + 1 : Number.NaN));
	assert.equal(await conn.ask(), "answer");
	assert.equal(next, 10_000);
});

alike("once is once; who goes hears no more", up, async ({ connect, server }) => {
	const { conn } = connect();
	const got: string[] = [];
	conn.once("e", () => got.push("once"));
	const off = conn.on("e", () => got.push("on"));
	await conn.ask();
	server.sockets[0]!.event("e");
	server.sockets[0]!.event("e");
	await conn.ask();
	off();
	server.sockets[0]!.event("e");
	await conn.ask();
	assert.deepEqual(got, ["once", "on", "on"]);
});

alike("nested names are actions", { ...up, call: (socket, id, name) => socket.answer(id, name) }, async ({ connect, client, server }) => {
	const { conn } = connect();
	assert.equal(await conn.users.add("ann"), "users.add");
	server.answers.push({ status: 200, body: { output: "over HTTP" } });
	assert.equal(await client.room.get("k").users.add(1), "over HTTP");
	assert.deepEqual(server.requests, [[1]]);
});

alike("over HTTP: an error of the actor has group, code, message and metadata, and is not tried again", up, async ({ client, server }) => {
	server.answers.push({ status: 400, body: { group: "user", code: "sold_out", message: "None left", metadata: { left: 0 } } });
	const { group, code, message, metadata } = await rejection(client.room.getOrCreate("k").buy());
	assert.deepEqual({ group, code, message, metadata }, { group: "user", code: "sold_out", message: "None left", metadata: { left: 0 } });
	assert.equal(server.requests.length, 1);
});

for (const [group, code] of [["guard", "service_unavailable"], ["actor", "restarting"], ["actor", "destroyed_while_waiting_for_ready"]]) {
	alike(`over HTTP: ${group}.${code} is tried again`, up, async ({ client, server }) => {
		server.answers.push({ status: 503, body: { group, code, message: "Later" } }, { status: 200, body: { output: "now" } });
		assert.equal(await client.room.getOrCreate("k").ask(7), "now");
		assert.deepEqual(server.requests, [[7], [7]]);
	});
}

alike("over HTTP: a call that is on its way when the client is disposed is answered", up, async ({ client, server }) => {
	server.answers.push({ status: 200, body: { output: "all the same" } });
	const call = client.room.get("k").ask();
	await client.dispose();
	assert.equal(await call, "all the same");
});

alike("over HTTP: what answers is no actor: rejected", up, async ({ client, server }) => {
	server.answers.push({ status: 502, body: "<html>" });
	assert.ok((await rejection(client.room.get("k").ask())) instanceof Error);
	assert.equal(server.requests.length, 1);
});
