// The client of pages without a build step, with the names of rivetkit/client. Every call is answered.
//   const room = createClient().chatRoom.getOrCreate("general", { params: { name: "ann" } }).connect();
//   room.on("messageReceived", (message) => ...);  await room.sendMessage("hello");

const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 30_000;
const STEADY_MS = 5_000; // a connection that held so long is made anew at once
const CONNECT_TIMEOUT_MS = 65_000; // like the next, longer than the server's own
const CALL_TIMEOUT_MS = 90_000;
const CLOSE_TIMEOUT_MS = 2_000;
const MAX_TIMER_MS = 2 ** 31 - 1; // more is at once
const FIRST_CALL_RETRY_MS = 100;
const MAX_CALL_TRIES = 5;
const MAX_OPEN_CALLS = 10_000;

/** Nothing was run; trying again may help. */
const PASSING =
	/^(actor\.(not_(found|configured)|(re)?starting|stopp(ing|ed)|dropped_reply|destroy(ing|ed_\w+))|guard\.(service_unavailable|actor_(wake|stopped)_\w+|tunnel_\w+|gateway_\w+)|ws\.going_away|client\.((get_params|token)_failed|connect_timed_out|connection_lost))$/;

const OWN_ENDPOINT = new URL(".", import.meta.url).href;

/** Of group `client` is what was found here. */
export class ActorError extends Error {
	/** @param {{ group: string, code: string, message: string, metadata?: any }} error */
	constructor({ group, code, message, metadata }) {
		super(message);
		this.name = "ActorError";
		this.group = group;
		this.code = code;
		this.metadata = metadata;
	}
}

const failure = (code, message) => new ActorError({ group: "client", code, message });
const asFailure = (code, e) => (e instanceof ActorError ? e : failure(code, String(e)));
const timeout = (code, ms) => failure(code, `Nothing came in ${ms} ms`);
const passes = ({ group, code }) => PASSING.test(`${group}.${code}`);
const after = (ms, f) => setTimeout(f, Math.min(ms, MAX_TIMER_MS));
const pause = (first, tries) => Math.min(first * 2 ** tries, MAX_RETRY_MS) * (0.5 + Math.random() / 2);

// What JSON lacks is a mark: a list of two, the first of them text that starts with "$".

const isMark = (list) => list.length === 2 && typeof list[0] === "string" && list[0].startsWith("$");
const unwritable = (what) => failure("unwritable_value", `${what} cannot be sent`);
const fromBase64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

function toBase64(bytes) {
	let binary = "";
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary);
}

function toWire(value) {
	switch (typeof value) {
		case "undefined":
			return ["$Undefined", 0];
		case "bigint":
			return ["$BigInt", `${value}`];
		case "function":
		case "symbol":
			throw unwritable(`A ${typeof value}`);
		case "object":
			return value && objectToWire(value);
	}
	return value;
}

function objectToWire(value) {
	const kind = {}.toString.call(value).slice(8, -1);
	switch (kind) {
		case "Array": {
			const items = Array.from(value, toWire);
			return isMark(value) ? [`$${value[0]}`, items[1]] : items;
		}
		case "Uint8Array":
			return ["$Uint8Array", toBase64(value)];
		case "ArrayBuffer":
			return ["$ArrayBuffer", toBase64(new Uint8Array(value))];
		case "Set":
			return ["$Set", Array.from(value, toWire)];
		case "Map":
			return membersToWire([...value]);
	}
	if (value.toJSON) return toWire(value.toJSON());
	if (/\d.*Array$/.test(kind)) return Array.from(value, toWire);
	if (kind !== "Object") throw unwritable(`A value of type ${kind}`);
	return membersToWire(Object.entries(value));
}

function membersToWire(entries) {
	if (!entries.every(([key]) => isSegment(key))) throw unwritable("Such a Map");
	return Object.fromEntries(entries.filter(([, value]) => value !== undefined).map(([key, value]) => [key, toWire(value)]));
}

function fromWire(value) {
	if (value === null || typeof value !== "object") return value;
	if (!Array.isArray(value)) return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, fromWire(v)]));
	if (!isMark(value)) return value.map(fromWire);
	const [mark, content] = value;
	switch (mark) {
		case "$Undefined":
			return undefined;
		case "$BigInt":
			return BigInt(content);
		case "$Uint8Array":
			return fromBase64(content);
		case "$ArrayBuffer":
			return fromBase64(content).buffer;
		case "$Set":
			return new Set(content.map(fromWire));
	}
	if (!mark.startsWith("$$")) throw new TypeError(`Unknown mark ${mark}`);
	return [mark.slice(1), fromWire(content)];
}

function write(value) {
	try {
		return JSON.stringify(toWire(value));
	} catch (e) {
		throw asFailure("unwritable_value", e); // such as a circle
	}
}

const read = (json) => fromWire(JSON.parse(json));
const frame = (tag, val) => write({ body: { tag, val } });

/** All are told, though one throws. */
function tell(listeners, ...news) {
	for (const listener of [...listeners]) {
		try {
			listener(...news);
		} catch (e) {
			(globalThis.reportError ?? console.error)(e);
		}
	}
}

function add(set, item) {
	set.add(item);
	return () => void set.delete(item);
}

/** One WebSocket. */
class Line {
	#socket;
	#over = false;
	#timer;
	#hear;
	#end;

	constructor(address, timeoutMs, hear, end) {
		this.#hear = hear;
		this.#end = end;
		this.#timer = after(timeoutMs, () => this.fail(timeout("connect_timed_out", timeoutMs)));
		this.#open(address).catch((e) => this.fail(asFailure("connection_open_failed", e)));
	}

	async #open(address) {
		const [url, protocols] = await address();
		if (this.#over) return;
		const socket = (this.#socket = new WebSocket(url, protocols));
		socket.onmessage = ({ data }) => this.#over || this.#receive(data);
		socket.onclose = ({ code, reason }) => {
			const [, group, name] = /^([\w-]+)\.([\w-]+)(#.*)?$/.exec(reason) ?? [, "client", "connection_lost"];
			this.fail(new ActorError({ group, code: name, message: `Connection closed (${code} ${reason})` }));
		};
	}

	#receive(data) {
		try {
			const { tag, val } = read(data).body;
			this.#hear(tag, val);
		} catch (e) {
			this.fail(asFailure("unreadable_message", e));
		}
	}

	fail(error) {
		if (this.#over) return;
		this.close();
		this.#end(error);
	}

	up() {
		clearTimeout(this.#timer);
	}

	send(frame) {
		this.#socket.send(frame);
	}

	close() {
		this.#over = true;
		this.up();
		const socket = this.#socket;
		return new Promise((resolve) => {
			if (!socket || socket.readyState > 2) return resolve();
			after(CLOSE_TIMEOUT_MS, resolve);
			socket.onclose = resolve;
			socket.close(1000, "Disposed");
		});
	}
}

/** Comes back by itself when it is lost, with its listeners. */
class Connection {
	#settings;
	#address;
	#line;
	#over; // why it is
	#ready = false;
	#upSince = 0;
	#tries = 0; // in a row that did not hold
	#retry;
	#renewal;
	#nextId = 0;
	#calls = new Map();
	#listeners = new Map();
	#told = { open: new Set(), close: new Set(), error: new Set(), status: new Set() };
	/** @type {"connecting" | "connected" | "disconnected" | "idle"} `disconnected` is tried again, `idle` is over */
	connStatus = "connecting";
	actorId;
	connId;

	constructor(settings, address) {
		this.#settings = settings;
		this.#address = address;
		settings.open.add(this);
		this.#connect();
	}

	#connect() {
		this.#line = new Line(this.#address, this.#settings.connectTimeoutMs, (tag, val) => this.#hear(tag, val), (error) => this.#lost(error));
	}

	#hear(tag, val) {
		switch (tag) {
			case "Init":
				return this.#up(val);
			case "Event":
				return tell(this.#listeners.get(val.name) ?? [], ...val.args);
			case "ActionResponse":
				return this.#take(val.id)?.resolve(val.output);
			case "TokenEnds":
				return this.#renew(val.inMillis);
			case "Error": {
				const error = new ActorError(val);
				if (val.actionId != null) this.#take(val.actionId)?.reject(error);
				else if (this.#ready) tell(this.#told.error, error);
				else this.#line.fail(error);
			}
		}
	}

	#up({ actorId, connectionId }) {
		this.actorId = actorId;
		this.connId = connectionId;
		this.#ready = true;
		this.#upSince = Date.now();
		this.#line.up();
		for (const event of this.#listeners.keys()) this.#subscribe(event, true);
		for (const call of this.#calls.values()) this.#line.send(call.frame);
		this.#setStatus("connected");
		if (this.#ready) tell(this.#told.open);
	}

	/** Asks for a fresh token when a quarter of the time is left, and then of that. */
	#renew(left) {
		const line = this.#line;
		const kept = Math.min(left / 4, 60_000);
		clearTimeout(this.#renewal);
		if (kept < 100) return;
		this.#renewal = after(left - kept, async () => {
			const fresh = await bearer(this.#settings).catch((e) => e);
			if (!this.#ready || line !== this.#line) return;
			this.#renew(kept);
			if (fresh instanceof Error) tell(this.#told.error, fresh);
			else if (fresh) line.send(frame("Token", { token: fresh }));
		});
	}

	#take(wireId) {
		const id = Number(wireId);
		const call = this.#calls.get(id);
		this.#calls.delete(id);
		clearTimeout(call?.timer);
		return call;
	}

	#rejectAll(error) {
		for (const id of [...this.#calls.keys()]) this.#take(id).reject(error);
	}

	#lost(error) {
		const wasUp = this.#ready;
		this.#ready = false;
		clearTimeout(this.#renewal);
		if (wasUp || error.group !== "actor" || error.code === "not_found") this.#rejectAll(error);
		if (!wasUp && !passes(error)) {
			this.#finish(error);
			return tell(this.#told.error, error);
		}
		this.#setStatus("disconnected");
		if (wasUp) tell(this.#told.close);
		if (!wasUp || error.code !== "connection_lost") tell(this.#told.error, error);
		if (!this.#over) this.#again(wasUp);
	}

	#again(wasUp) {
		if (wasUp && Date.now() - this.#upSince >= STEADY_MS) this.#tries = 0;
		const atOnce = wasUp && this.#tries === 0;
		this.#retry = setTimeout(() => this.#connect(), atOnce ? 0 : pause(FIRST_RETRY_MS, this.#tries));
		this.#tries++;
		if (atOnce) this.#setStatus("connecting");
	}

	#finish(error) {
		this.#over = error;
		this.#ready = false;
		clearTimeout(this.#retry);
		clearTimeout(this.#renewal);
		this.#settings.open.delete(this);
		this.#rejectAll(error);
		this.#setStatus("idle");
	}

	#setStatus(status) {
		if (this.connStatus === status) return;
		this.connStatus = status;
		tell(this.#told.status, status);
	}

	#subscribe(eventName, subscribe) {
		if (this.#ready) this.#line.send(frame("SubscriptionRequest", { eventName, subscribe }));
	}

	/**
	 * Calls an action. If the connection is lost, whether it was run is not known.
	 * @param {{ name: string, args?: unknown[] }} call
	 */
	action({ name, args = [] }) {
		return new Promise((resolve, reject) => {
			if (this.#over) throw this.#over;
			if (this.#calls.size >= MAX_OPEN_CALLS) throw failure("too_many_calls", `${MAX_OPEN_CALLS} calls are open`);
			const { callTimeoutMs } = this.#settings;
			const id = this.#nextId++;
			const call = { frame: frame("ActionRequest", { id, name, args }), resolve, reject, timer: after(callTimeoutMs, () => this.#take(id).reject(timeout("call_timed_out", callTimeoutMs))) };
			this.#calls.set(id, call);
			if (this.#ready) this.#line.send(call.frame);
		});
	}

	/**
	 * Returns what ends it.
	 * @param {string} event
	 * @param {(...args: any[]) => void} listener
	 */
	on(event, listener) {
		const all = this.#listeners.get(event) ?? new Set();
		if (all.size === 0) {
			this.#listeners.set(event, all);
			this.#subscribe(event, true);
		}
		const own = (...args) => listener(...args); // may be added twice
		all.add(own);
		return () => {
			if (!all.delete(own) || all.size > 0) return;
			this.#listeners.delete(event);
			this.#subscribe(event, false);
		};
	}

	/**
	 * @param {string} event
	 * @param {(...args: any[]) => void} listener
	 */
	once(event, listener) {
		const off = this.on(event, (...args) => {
			off();
			listener(...args);
		});
		return off;
	}

	/** Told when it is up, soon if it is now. @param {() => void} f */
	onOpen(f) {
		if (this.#ready) queueMicrotask(() => this.#told.open.has(f) && tell([f]));
		return add(this.#told.open, f);
	}

	/** Told when it no longer is. @param {() => void} f */
	onClose(f) {
		return add(this.#told.close, f);
	}

	/** Told why it did not come up, or was closed. @param {(error: ActorError) => void} f */
	onError(f) {
		return add(this.#told.error, f);
	}

	/** @param {(status: Connection["connStatus"]) => void} f */
	onStatusChange(f) {
		return add(this.#told.status, f);
	}

	/** Ends it for good; rejects open calls. */
	async dispose() {
		if (this.#over) return;
		const wasUp = this.#ready;
		const closed = this.#line.close();
		this.#finish(failure("disposed", "The connection was disposed"));
		if (wasUp) tell(this.#told.close);
		await closed;
	}
}

class Handle {
	#settings;
	#base;
	#query;
	#options;

	constructor(settings, type, method, key, options) {
		this.#settings = settings;
		this.#options = options;
		this.#base = `${settings.endpoint}/gateway/${encodeURIComponent(type)}`;
		this.#query = new URLSearchParams({ "rvt-namespace": "default", "rvt-method": method });
		if (method === "getOrCreate") this.#query.set("rvt-runner", "default");
		if (key.length > 0) this.#query.set("rvt-key", key.join(","));
	}

	/**
	 * @param {{ name: string, args?: unknown[] }} call
	 */
	async action({ name, args = [] }) {
		const { params } = this.#options;
		const { callTimeoutMs } = this.#settings;
		const url = `${this.#base}/action/${encodeURIComponent(name)}?${this.#query}`;
		const headers = { "content-type": "application/json", "x-rivet-encoding": "json" };
		if (params !== undefined) headers["x-rivet-conn-params"] = ascii(write(params));
		const late = new AbortController();
		const request = { method: "POST", headers, body: write({ args }), signal: late.signal };
		const timer = after(callTimeoutMs, () => late.abort(timeout("call_timed_out", callTimeoutMs)));
		const aborted = new Promise((_, reject) => (late.signal.onabort = () => reject(late.signal.reason)));
		const send = async () => {
			const token = await bearer(this.#settings);
			if (token) headers["x-rivet-token"] = token;
			return ask(url, request);
		};
		try {
			for (let tries = 1; ; tries++) {
				try {
					return await Promise.race([send(), aborted]);
				} catch (e) {
					const error = late.signal.aborted ? late.signal.reason : asFailure("request_failed", e);
					const missing = error.code === "not_found" && !this.#query.has("rvt-runner");
					if (tries === MAX_CALL_TRIES || missing || !passes(error)) throw error;
				}
				await new Promise((resolve) => setTimeout(resolve, pause(FIRST_CALL_RETRY_MS, tries - 1)));
			}
		} finally {
			clearTimeout(timer);
		}
	}

	/**
	 * @param {unknown} [params] instead of the handle's
	 * @returns {Connection & Record<string, any>}
	 */
	connect(params) {
		const connection = new Connection(this.#settings, async () => {
			const given = params ?? (await this.#params());
			const protocols = ["rivet", "rivet_encoding.json"];
			const token = await bearer(this.#settings);
			if (token) protocols.push(`rivet_token.${token}`, "thespis_token_renewal");
			if (given !== undefined) protocols.push(subprotocol(write(given)));
			return [`${this.#base.replace(/^http/, "ws")}/connect?${this.#query}`, protocols];
		});
		if (this.#settings.disposed) connection.dispose();
		return withActions(connection);
	}

	async #params() {
		const { params, getParams } = this.#options;
		try {
			return getParams ? await getParams() : params;
		} catch (e) {
			throw asFailure("get_params_failed", e);
		}
	}
}

/** A fresh token, as it can stand in a subprotocol. */
async function bearer({ token }) {
	try {
		const fresh = `${(await token?.()) ?? ""}`;
		if (/^[\w.~+-]*$/.test(fresh)) return fresh;
	} catch (e) {
		throw asFailure("token_failed", e);
	}
	throw failure("token_failed", "Such a token cannot be sent");
}

/** Parentheses may not stand in one. */
const subprotocol = (json) => `rivet_conn_params.${encodeURIComponent(json).replace(/[()]/g, (c) => (c === "(" ? "%28" : "%29"))}`;

/** For a header. */
const ascii = (json) => json.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

async function ask(url, request) {
	const response = await fetch(url, request);
	const answer = await response.text().then(read).catch(() => {});
	if (response.ok && answer) return answer.output;
	throw answer?.group ? new ActorError(answer) : failure("unreadable_answer", `HTTP ${response.status}`);
}

/** Unknown names are actions, `users.add` too; not "then", or all would be promises. */
function withActions(target) {
	const action = (name) =>
		new Proxy((...args) => target.action({ name, args }), {
			get: (f, more) => (typeof more === "symbol" ? f[more] : more === "then" ? undefined : action(`${name}.${more}`)),
		});
	return new Proxy(target, {
		get(_, name) {
			if (typeof name === "string" && name !== "then" && !(name in target)) return action(name);
			const value = target[name];
			return typeof value === "function" ? value.bind(target) : value;
		},
	});
}

const isSegment = (x) => typeof x === "string" || typeof x === "number";

function segments(key) {
	const all = Array.isArray(key) ? key : key == null ? [] : [key];
	if (!all.every(isSegment)) throw new TypeError("A key is text or a list of texts");
	return all;
}

/**
 * @typedef {string | number | (string | number)[]} Key
 * @typedef {{ params?: unknown, getParams?: () => unknown }} Options `getParams` is asked for each connection
 * @typedef {(key?: Key, options?: Options) => Handle & Record<string, any>} ToHandle
 * @param {string | { endpoint?: string, callTimeoutMs?: number, connectTimeoutMs?: number, token?: () => unknown }} [options] `token` is asked for each call and connection, and before it runs out; by default the server of this module
 * @returns {{ dispose(): Promise<void> } & Record<string, { get: ToHandle, getOrCreate: ToHandle }>}
 */
export function createClient(options = {}) {
	const { endpoint = OWN_ENDPOINT, callTimeoutMs = CALL_TIMEOUT_MS, connectTimeoutMs = CONNECT_TIMEOUT_MS, token } = typeof options === "string" ? { endpoint: options } : options;
	const settings = { endpoint: endpoint.replace(/\/$/, ""), callTimeoutMs, connectTimeoutMs, token, open: new Set(), disposed: false };

	async function dispose() {
		settings.disposed = true;
		await Promise.all([...settings.open].map((connection) => connection.dispose()));
	}
	return new Proxy(/** @type {any} */ ({ dispose }), {
		get(own, type) {
			if (typeof type === "symbol" || type in own) return own[type];
			const by = (method) => (key, options) => withActions(new Handle(settings, type, method, segments(key), options ?? {}));
			return { get: by("get"), getOrCreate: by("getOrCreate") };
		},
	});
}
