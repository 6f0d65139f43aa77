// A small client for browsers, without a build step. Its names are those of rivetkit/client:
//   const room = createClient().chatRoom.getOrCreate(["general"], { params: { name: "ann" } }).connect();
//   room.on("messageReceived", (message) => ...);  await room.sendMessage("hello");

const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 30_000;
const DISPOSED = 1000;

/** Where this module came from. */
const OWN_ENDPOINT = new URL(".", import.meta.url).href.replace(/\/$/, "");

/** What an action, or a connection, failed with. */
export class ActorError extends Error {
	constructor({ group, code, message, metadata }) {
		super(message);
		this.name = "ActorError";
		Object.assign(this, { group, code, metadata });
	}
}

// Marks for values that JSON lacks: lists of two whose first item is text that starts with "$".
function toWire(value) {
	if (typeof value === "bigint") return ["$BigInt", value.toString()];
	if (value === undefined) return ["$Undefined", 0];
	if (value instanceof Uint8Array) return ["$Uint8Array", btoa(String.fromCharCode(...value))];
	if (value instanceof Date) return value.toISOString();
	if (Array.isArray(value)) {
		const items = value.map(toWire);
		return isMark(value) ? [`$${value[0]}`, items[1]] : items;
	}
	if (value !== null && typeof value === "object") {
		return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined).map(([k, v]) => [k, toWire(v)]));
	}
	return value;
}

const isMark = (list) => list.length === 2 && typeof list[0] === "string" && list[0].startsWith("$");

function fromWire(value) {
	if (Array.isArray(value)) {
		if (!isMark(value)) return value.map(fromWire);
		const [mark, content] = value;
		if (mark === "$BigInt") return BigInt(content);
		if (mark === "$Uint8Array") return Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
		if (mark === "$Undefined") return undefined;
		return [mark.slice(1), fromWire(content)];
	}
	if (value !== null && typeof value === "object") {
		return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, fromWire(v)]));
	}
	return value;
}

/** Unknown names become actions; "then" does not, or a handle would look like a promise. */
function withActions(target, call) {
	return new Proxy(target, {
		get: (self, name) => {
			if (name in self || typeof name !== "string" || name === "then") return self[name];
			return (...args) => call(name, args);
		},
	});
}

/** A connection to one actor, which comes back by itself when it is lost. */
class Connection {
	#url;
	#protocols;
	#socket;
	#ready = false;
	#disposed = false;
	#retryMs = FIRST_RETRY_MS;
	#nextId = 0;
	#waiting = []; // messages for the time when the connection is up
	#calls = new Map();
	#listeners = new Map();
	#open = new Set();
	#close = new Set();
	#error = new Set();
	#status = new Set();
	connStatus = "connecting";
	actorId;
	connId;

	constructor(url, protocols) {
		this.#url = url;
		this.#protocols = protocols;
		this.#connect();
	}

	#connect() {
		const socket = new WebSocket(this.#url, this.#protocols);
		this.#socket = socket;
		let error;
		socket.onmessage = ({ data }) => {
			const { tag, val } = JSON.parse(data).body;
			if (tag === "Error" && val.actionId == null) error = new ActorError(fromWire(val));
			this.#receive(tag, val);
		};
		socket.onclose = ({ code, reason }) => this.#lost(code, reason, error);
	}

	#receive(tag, val) {
		switch (tag) {
			case "Init":
				this.actorId = val.actorId;
				this.connId = val.connectionId;
				this.#ready = true;
				this.#retryMs = FIRST_RETRY_MS;
				for (const event of this.#listeners.keys()) this.#subscribe(event, true);
				for (const message of this.#waiting.splice(0)) this.#send(message);
				this.#setStatus("connected");
				for (const f of this.#open) f();
				break;
			case "Event":
				for (const f of [...(this.#listeners.get(val.name) ?? [])]) f(...fromWire(val.args));
				break;
			case "ActionResponse":
				this.#settle(val.id, (call) => call.resolve(fromWire(val.output)));
				break;
			case "Error":
				if (val.actionId != null) this.#settle(val.actionId, (call) => call.reject(new ActorError(fromWire(val))));
				else this.#report(new ActorError(fromWire(val)));
		}
	}

	#settle(wireId, how) {
		const id = Number(fromWire(wireId));
		const call = this.#calls.get(id);
		this.#calls.delete(id);
		if (call) how(call);
	}

	#lost(code, reason, error) {
		const wasReady = this.#ready;
		this.#ready = false;
		const [group, name] = reason.split("#")[0].split(".");
		const cause = error ?? new ActorError({ group: group || "connection", code: name || "lost", message: `Connection lost (${code} ${reason})` });
		for (const [id, call] of this.#calls) {
			if (call.sent || (!wasReady && error)) {
				this.#calls.delete(id);
				call.reject(cause);
			}
		}
		if (wasReady) for (const f of this.#close) f();
		if (this.#disposed) return;
		if (!wasReady && error) {
			// refused by the actor: trying again would not help
			this.#setStatus("disconnected");
			return;
		}
		this.#setStatus("connecting");
		const wait = wasReady ? 0 : this.#retryMs;
		this.#retryMs = Math.min(this.#retryMs * 2, MAX_RETRY_MS);
		setTimeout(() => this.#disposed || this.#connect(), wait);
	}

	#report(error) {
		for (const f of this.#error) f(error);
	}

	#setStatus(status) {
		if (this.connStatus === status) return;
		this.connStatus = status;
		for (const f of this.#status) f(status);
	}

	#send(message) {
		if (!this.#ready) {
			this.#waiting.push(message);
			return;
		}
		const call = this.#calls.get(message.id);
		if (message.tag === "ActionRequest") {
			if (!call) return;
			call.sent = true;
		}
		this.#socket.send(JSON.stringify({ body: { tag: message.tag, val: message.val } }));
	}

	#subscribe(eventName, subscribe) {
		if (this.#ready) this.#send({ tag: "SubscriptionRequest", val: { eventName, subscribe } });
	}

	/** Calls an action. */
	action({ name, args = [] }) {
		const id = this.#nextId++;
		return new Promise((resolve, reject) => {
			this.#calls.set(id, { resolve, reject, sent: false });
			this.#send({ tag: "ActionRequest", id, val: { id, name, args: args.map(toWire) } });
		});
	}

	/** Listens to an event; the returned function ends it. */
	on(event, listener) {
		if (!this.#listeners.has(event)) {
			this.#listeners.set(event, new Set());
			this.#subscribe(event, true);
		}
		const own = (...args) => listener(...args);
		this.#listeners.get(event).add(own);
		return () => {
			const all = this.#listeners.get(event);
			if (all?.delete(own) && all.size === 0) {
				this.#listeners.delete(event);
				this.#subscribe(event, false);
			}
		};
	}

	/** Listens to the next event of that name only. */
	once(event, listener) {
		const off = this.on(event, (...args) => {
			off();
			listener(...args);
		});
		return off;
	}

	onOpen = (f) => add(this.#open, f);
	onClose = (f) => add(this.#close, f);
	onError = (f) => add(this.#error, f);
	onStatusChange = (f) => add(this.#status, f);

	/** Ends the connection for good. */
	async dispose() {
		this.#disposed = true;
		this.#socket.close(DISPOSED, "Disposed");
		this.#setStatus("idle");
		for (const call of this.#calls.values()) call.reject(new ActorError({ group: "connection", code: "disposed", message: "Disposed" }));
		this.#calls.clear();
	}
}

function add(set, f) {
	set.add(f);
	return () => void set.delete(f);
}

function handle(endpoint, name, method, key, options = {}) {
	const query = new URLSearchParams({ "rvt-namespace": "default", "rvt-method": method });
	if (method === "getOrCreate") query.set("rvt-runner", "default");
	if (key.length > 0) query.set("rvt-key", key.join(","));
	const base = `${endpoint}/gateway/${encodeURIComponent(name)}`;

	async function action({ name: actionName, args = [] }) {
		const headers = { "content-type": "application/json", "x-rivet-encoding": "json" };
		if (options.params !== undefined) headers["x-rivet-conn-params"] = JSON.stringify(options.params);
		const response = await fetch(`${base}/action/${encodeURIComponent(actionName)}?${query}`, {
			method: "POST", headers, body: JSON.stringify({ args: args.map(toWire) }),
		});
		const body = await response.json();
		if (!response.ok) throw new ActorError(fromWire(body));
		return fromWire(body.output);
	}

	function connect(params = options.params) {
		const protocols = ["rivet", "rivet_encoding.json"];
		if (params !== undefined) protocols.push(`rivet_conn_params.${encodeURIComponent(JSON.stringify(params))}`);
		const connection = new Connection(`${base.replace(/^http/, "ws")}/connect?${query}`, protocols);
		return withActions(bound(connection), (actionName, args) => connection.action({ name: actionName, args }));
	}

	return withActions({ action, connect }, (actionName, args) => action({ name: actionName, args }));
}

/** Methods with private fields need their own object, not the proxy around it. */
function bound(connection) {
	const view = {};
	for (const name of ["action", "on", "once", "dispose"]) view[name] = connection[name].bind(connection);
	for (const name of ["onOpen", "onClose", "onError", "onStatusChange"]) view[name] = connection[name];
	for (const name of ["connStatus", "actorId", "connId"]) Object.defineProperty(view, name, { get: () => connection[name] });
	return view;
}

/** The actors of a server; by default of the one that this module came from. */
export function createClient(options = {}) {
	const endpoint = (typeof options === "string" ? options : options.endpoint ?? OWN_ENDPOINT).replace(/\/$/, "");
	const segments = (key) => (key === undefined ? [] : Array.isArray(key) ? key : [key]);
	return new Proxy({}, {
		get: (_, name) => ({
			get: (key, opts) => handle(endpoint, name, "get", segments(key), opts),
			getOrCreate: (key, opts) => handle(endpoint, name, "getOrCreate", segments(key), opts),
		}),
	});
}
