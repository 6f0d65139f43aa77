// thespis.js in a real browser, against a real server with the actors of the conformance suite. ENDPOINT is the server.
import assert from "node:assert/strict";
import net from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { launch, snippet } from "./browser.js";

const ENDPOINT = process.env.ENDPOINT ?? "http://localhost:8080";
const LIMIT_MS = 180_000;
let browser;
let page;
let pageErrors;

before(async () => (browser = await launch()));
after(() => browser?.close());
beforeEach(async () => {
	await page?.close();
	page = await open(ENDPOINT);
});

/** A page of that server, with a client and a few helpers. */
async function open(endpoint) {
	pageErrors = [];
	const opened = await browser.newPage();
	opened.on("pageerror", (e) => pageErrors.push(e.message));
	await opened.goto(`${endpoint}/metadata`);
	await opened.evaluate(async () => {
		const module = await import("/thespis.js");
		const reason = (promise) => promise.then((v) => `answered ${JSON.stringify(v)}`, (e) => (e instanceof module.ActorError ? `${e.group}.${e.code}` : `no ActorError: ${e}`));
		const until = (what) =>
			new Promise((resolve) => {
				const look = () => (what() ? resolve() : setTimeout(look, 20));
				look();
			});
		let serial = 0;
		const run = Math.random().toString(36);
		const key = () => ["browser", `${run}-${serial++}`];
		Object.assign(globalThis, module, { reason, until, key, client: module.createClient() });
	});
	return opened;
}

/** Runs code in the page; what it gives back is compared with what is expected. */
function inPage(name, code, expected, argument) {
	test(name, { timeout: LIMIT_MS }, async () => assert.deepEqual(await page.evaluate(code, typeof argument === "function" ? await argument() : argument), expected));
}

test("the server serves it as a script that is asked for anew each time", async () => {
	const response = await fetch(`${ENDPOINT}/thespis.js`);
	assert.match(response.headers.get("content-type"), /^text\/javascript; ?charset=utf-8$/i);
	assert.equal(response.headers.get("cache-control"), "no-cache");
	assert.match(await response.text(), /export function createClient/);
});

test("the page of the README counts", { timeout: LIMIT_MS }, async () => {
	await page.setContent(snippet("README.md", ENDPOINT));
	await page.locator("body", { hasText: /^\s*\d+\s*$/ }).waitFor();
	assert.deepEqual(pageErrors, []);
});

inPage("calls, events and disposal", async () => {
	const counter = client.counter.getOrCreate(key()).connect();
	const got = [];
	counter.on("newCount", (n) => got.push(n));
	const answers = await Promise.all([counter.increment(1), counter.increment(2), counter.getCount()]);
	await counter.dispose();
	return [answers, got, counter.connStatus, await reason(counter.getCount())];
}, [[1, 3, 3], [1, 3], "idle", "client.disposed"]);

for (const via of ["a connection", "a handle"]) {
	inPage(`values over ${via}: what the actor sees, and what comes back`, async (connected) => {
		const handle = client.values.getOrCreate(key());
		const values = connected ? handle.connect() : handle;
		const sent = [new Set([1]), new Map([["a", 1]]), new Uint8Array([1, 2]).buffer, new Uint8Array(3), 5n, undefined, new Date(0), ["$x", 1], new Float64Array([0.5])];
		const kinds = await values.kind(...sent);
		const back = await values.echoAll(...sent);
		const types = back.map((v) => (v === undefined ? "Undefined" : v.constructor.name));
		return { kinds, types, looksLikeMarks: await values.echoAll("$BigInt", "1"), mark: back[7] };
	}, {
		kinds: ["array(1)", "object(a)", "bytes(2)", "bytes(3)", "bigint(5)", "undefined", "string", "array(2)", "array(1)"],
		types: ["Array", "Object", "Uint8Array", "Uint8Array", "BigInt", "Undefined", "String", "Array", "Array"],
		looksLikeMarks: ["$BigInt", "1"],
		mark: ["$x", 1],
	}, via === "a connection");
}

inPage("200 KB of bytes go over a handle; a connection is closed for them, and comes back", async () => {
	const bytes = new Uint8Array(200_000).fill(7);
	const values = client.values.getOrCreate(key());
	const back = await values.echo(bytes);
	const connection = values.connect();
	const tooMuch = await reason(connection.echo(bytes));
	return [back.length, back.every((b) => b === 7), tooMuch, await connection.kind(1)];
}, [200_000, true, "message.incoming_too_long", ["number"]]);

const ODD = ["Ann (home)", "O'Neil", "a*b!", "Jürgen 🐈", "a,b;c=d", '"""', "x~y", "(", ")", "{}[]", "% %28 \\", "\u0001\u007f\u2028"];
inPage("parameters with odd characters arrive, over a connection and over HTTP", async (odd) => {
	const seen = [];
	for (const playerId of odd) {
		const handle = client.gameRoom.getOrCreate(key(), { params: { playerId } });
		const connection = handle.connect();
		seen.push([(await connection.whoAmI()).playerId, (await handle.whoAmI()).playerId]);
		await connection.dispose();
	}
	return seen;
}, ODD.map((name) => [name, name]), ODD);

inPage("an unknown type: an error, and no endless loop", async () => {
	const connection = client.nosuch.getOrCreate(key()).connect();
	const errors = [];
	connection.onError((e) => errors.push(e.code));
	const calls = [await reason(connection.hello()), await reason(connection.hello()), await reason(client.nosuch.getOrCreate("k").hello())];
	return [calls, errors, connection.connStatus];
}, [Array(3).fill("actor.type_not_found"), ["type_not_found"], "idle"]);

inPage("get of a missing actor: calls are rejected, onError is told; when there is one, the connection is up", async () => {
	const k = key();
	const connection = client.counter.get(k).connect();
	const errors = [];
	connection.onError((e) => errors.push(e.code));
	const calls = [await reason(connection.getCount()), await reason(client.counter.get(k).getCount())];
	await client.counter.getOrCreate(k).increment(4);
	await until(() => connection.connStatus === "connected");
	return [calls, new Set(errors).size, errors[0], await connection.getCount()];
}, [["actor.not_found", "actor.not_found"], 1, "not_found", 4]);

inPage("a refusal by the actor: calls are rejected with it, later ones too", async () => {
	const connection = client.gate.getOrCreate(key()).connect({ token: "wrong" });
	const error = await connection.me().catch((e) => e);
	return [error.code, error.message, error.metadata, await reason(connection.me()), connection.connStatus];
}, ["token_refused", "Token refused", { got: "wrong" }, "user.token_refused", "idle"]);

inPage("disposed during a call, and the client too: it is rejected", async () => {
	const own = createClient();
	const [one, two] = [own.slow.getOrCreate(key()).connect(), own.slow.getOrCreate(key()).connect()];
	await Promise.all([one.quick(), two.quick()]);
	const calls = [reason(one.work(900)), reason(two.work(900))];
	await one.dispose();
	await own.dispose();
	return [await Promise.all(calls), one.connStatus, two.connStatus];
}, [["client.disposed", "client.disposed"], "idle", "idle"]);

inPage("connections that are disposed while they open leave nothing behind", async () => {
	const handle = client.recorder.getOrCreate(key());
	await handle.log();
	const ends = Array.from({ length: 10 }, () => handle.connect({ tag: "hasty" }).dispose());
	await Promise.all(ends);
	return await handle.tags();
}, []);

test("a listener throws: the others are told, and the page's error handler hears of it", { timeout: LIMIT_MS }, async () => {
	const told = await page.evaluate(async () => {
		const pusher = client.pusher.getOrCreate(key()).connect();
		let n = 0;
		pusher.on("seq", () => {
			throw new Error("expected by the test");
		});
		pusher.on("seq", () => n++);
		await pusher.next();
		return [n, await pusher.next(), n];
	});
	assert.deepEqual(told, [1, 2, 2]);
	assert.deepEqual(pageErrors, ["expected by the test", "expected by the test"]);
});

inPage("thrown out by the actor: onError is told, and the connection comes back with its subscriptions, once each", async () => {
	const handle = client.recorder.getOrCreate(key());
	const victim = handle.connect({ tag: "v" });
	const left = [];
	const errors = [];
	victim.on("left", (tag) => left.push(tag));
	victim.onError((e) => errors.push(`${e.group}.${e.code}`));
	const first = await victim.myId();
	await handle.kick("v", "room.kicked");
	await until(() => victim.connStatus === "connected" && victim.connId !== first);
	await victim.tags();
	const other = handle.connect({ tag: "other" });
	await other.myId();
	await other.dispose();
	await until(() => left.includes("other"));
	return [errors, left.filter((tag) => tag === "other").length];
}, [["room.kicked"], 1]);

inPage("a hundred thousand events: each is told once, in order", async () => {
	const pusher = client.pusher.getOrCreate(key()).connect();
	let next = 0;
	pusher.on("tick", ({ i }) => (next = i === next % 1000 ? next + 1 : NaN));
	for (let i = 0; i < 100; i++) await pusher.burst(1000, "t");
	return next;
}, 100_000);

inPage("in a worker", async (endpoint) => {
	const source = `import { createClient } from "${endpoint}/thespis.js";
		const counter = createClient().counter.getOrCreate(["worker", "${Math.random()}"]).connect();
		const events = [];
		counter.on("newCount", (n) => events.push(n));
		postMessage([await counter.increment(2), events]);`;
	const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })), { type: "module" });
	return await new Promise((resolve, reject) => Object.assign(worker, { onmessage: (e) => resolve(e.data), onerror: reject }));
}, [2, [2]], ENDPOINT);

test("the server takes the line and says nothing: calls and connections end in their time", { timeout: LIMIT_MS }, async () => {
	const silent = net.createServer((socket) => socket.on("error", () => {})).listen(0, "127.0.0.1");
	await new Promise((resolve) => silent.once("listening", resolve));
	try {
		const told = await page.evaluate(async (endpoint) => {
			const hasty = createClient({ endpoint, callTimeoutMs: 300, connectTimeoutMs: 300 });
			const patient = createClient({ endpoint, connectTimeoutMs: 300 });
			const connection = patient.room.getOrCreate("k").connect();
			const errors = [];
			connection.onError((e) => errors.push(e.code));
			const calls = [reason(hasty.room.getOrCreate("k").ask()), reason(connection.ask())];
			await Promise.all(calls);
			await until(() => errors.length > 1);
			await Promise.all([hasty.dispose(), patient.dispose()]);
			return [...(await Promise.all(calls)), errors[1]];
		}, `http://127.0.0.1:${silent.address().port}`);
		assert.deepEqual(told, ["client.call_timed_out", "client.connect_timed_out", "connect_timed_out"]);
	} finally {
		silent.close();
	}
});

/** Stands between browser and server, and can be cut. */
async function relay() {
	const target = new URL(ENDPOINT);
	const sockets = new Set();
	const server = net.createServer((near) => {
		const far = net.connect(Number(target.port || 80), target.hostname);
		for (const socket of [near, far]) {
			sockets.add(socket);
			socket.on("error", () => {});
			socket.on("close", () => (sockets.delete(socket), near.destroy(), far.destroy()));
		}
		near.pipe(far).pipe(near);
	});
	const listen = (port) => new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
	const cut = () => [...sockets].forEach((socket) => socket.destroy());
	await listen(0);
	return { port: server.address().port, listen, cut, close: () => (server.close(), cut()) };
}

test("the line is cut mid-way, then nobody listens at the port: the call is rejected, the connection comes back", { timeout: LIMIT_MS }, async () => {
	const line = await relay();
	try {
		const far = await open(`http://127.0.0.1:${line.port}`);
		await far.evaluate(async () => {
			globalThis.slow = client.slow.getOrCreate(key()).connect();
			globalThis.story = [];
			await slow.quick();
			slow.onStatusChange((status) => story.push(status));
			slow.onError((e) => story.push(e.code));
			globalThis.pending = reason(slow.work(900));
		});
		line.close();
		assert.equal(await far.evaluate(() => pending), "client.connection_lost");
		await far.evaluate(() => until(() => story.includes("connection_lost")));
		assert.equal(await far.evaluate(() => reason(slow.quick())), "client.connection_lost");
		await line.listen(line.port);
		await far.evaluate(() => until(() => slow.connStatus === "connected"));
		assert.equal(await far.evaluate(() => slow.quick()), "quick");
		const story = await far.evaluate(() => story);
		assert.deepEqual(story.slice(0, 4), ["disconnected", "connecting", "disconnected", "connection_lost"]);
		assert.deepEqual([...new Set(story.slice(4, -1))], ["connection_lost"]);
	} finally {
		line.close();
	}
});
