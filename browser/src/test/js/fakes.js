// A server that does what a test says: sockets and requests that wait to be answered, and time that the test moves.
import { after, afterEach, beforeEach, mock } from "node:test";
import * as thespis from "../../main/resources/META-INF/resources/thespis.js";

export const { ActorError, createClient } = thespis;
export const ENDPOINT = "http://server.example/actors";

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** All sockets since the test began, the oldest first. */
export const sockets = [];

/** All requests since the test began, each with `answer(status, body)`. */
export const requests = [];

/** What listeners threw. */
export const reported = [];

/** The part of a browser's WebSocket that counts, with the server's side of it. */
class FakeWebSocket {
	readyState = CONNECTING;
	sent = [];
	closedWith = undefined;
	onmessage = null;
	onclose = null;

	constructor(url, protocols) {
		const bad = protocols.find((protocol) => !TOKEN.test(protocol));
		if (bad !== undefined) throw new SyntaxError(`The subprotocol '${bad}' is invalid`);
		this.url = new URL(url);
		this.protocols = protocols;
		sockets.push(this);
	}

	send(frame) {
		if (this.readyState === CONNECTING) throw new Error("InvalidStateError");
		if (this.readyState === OPEN) this.sent.push(JSON.parse(frame).body);
	}

	close(code, reason) {
		if (this.readyState < CLOSING) this.readyState = CLOSING;
		this.closedWith ??= { code, reason };
	}

	// ---- the server's side

	say(tag, val) {
		this.raw(JSON.stringify({ body: { tag, val } }));
	}

	raw(data) {
		if (this.readyState === CONNECTING) this.readyState = OPEN;
		this.onmessage?.({ data });
	}

	init() {
		this.say("Init", { actorId: "a1", connectionId: `c${sockets.length}` });
	}

	answer(id, output) {
		this.say("ActionResponse", { id: ["$BigInt", `${id}`], output });
	}

	refuse(id, group, code, metadata) {
		const actionId = id === null ? null : ["$BigInt", `${id}`];
		this.say("Error", { group, code, message: `${group} says ${code}`, metadata, actionId });
	}

	event(name, ...args) {
		this.say("Event", { name, args });
	}

	shut(code = 1006, reason = "") {
		this.readyState = CLOSED;
		this.onclose?.({ code, reason });
	}

	get calls() {
		return this.sent.filter(({ tag }) => tag === "ActionRequest").map(({ val }) => val);
	}

	get subscriptions() {
		return this.sent.filter(({ tag }) => tag === "SubscriptionRequest").map(({ val }) => `${val.subscribe ? "+" : "-"}${val.eventName}`);
	}
}
FakeWebSocket.CLOSED = CLOSED;

function fakeFetch(url, init) {
	return new Promise((resolve, reject) => {
		init.signal.addEventListener("abort", () => reject(init.signal.reason));
		if (init.signal.aborted) return reject(init.signal.reason);
		const request = new Request(url, { ...init, signal: undefined }); // refuses headers that a browser refuses
		const answer = (status, body) => resolve(new Response(typeof body === "string" || body instanceof ReadableStream ? body : JSON.stringify(body), { status }));
		const fail = () => reject(new TypeError("Failed to fetch"));
		requests.push({ url: new URL(url), headers: request.headers, body: init.body, signal: init.signal, answer, fail });
	});
}

const real = { WebSocket: globalThis.WebSocket, fetch: globalThis.fetch, reportError: globalThis.reportError };

/** Call this once in each file of tests. */
export function fakeServer() {
	beforeEach(() => {
		for (const list of [sockets, requests, reported]) list.length = 0;
		Object.assign(globalThis, { WebSocket: FakeWebSocket, fetch: fakeFetch, reportError: (e) => reported.push(e) });
		mock.timers.enable({ apis: ["setTimeout", "Date"] });
		mock.method(Math, "random", () => 1 - Number.EPSILON); // pauses are as long as they can be
	});
	afterEach(() => {
		mock.timers.reset();
		mock.restoreAll();
	});
	after(() => Object.assign(globalThis, real));
}

/** Lets everything run that waits for no time. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Lets so much time pass, step by step. */
export async function pass(ms) {
	await settle();
	mock.timers.tick(ms);
	await settle();
}

/** What became of a promise so far: "pending", its value, or `group.code` of its error. */
export function watch(promise) {
	const seen = { now: "pending", error: undefined };
	promise.then(
		(value) => (seen.now = value),
		(error) => Object.assign(seen, { error, now: error instanceof ActorError ? `${error.group}.${error.code}` : `not an ActorError: ${error}` }),
	);
	return seen;
}

/** A connection, with all that it told. */
export function connect(params, options, clientOptions) {
	const client = createClient({ endpoint: ENDPOINT, ...clientOptions });
	const connection = client.room.getOrCreate("k", options).connect(params);
	const story = [];
	connection.onStatusChange((status) => story.push(status));
	connection.onOpen(() => story.push("open"));
	connection.onClose(() => story.push("close"));
	connection.onError((e) => story.push(`${e.group}.${e.code}`));
	return { client, connection, story };
}

/** The same, when it is up. */
export async function connected(...args) {
	const made = connect(...args);
	await settle();
	sockets.at(-1).init();
	return { ...made, socket: sockets.at(-1) };
}
