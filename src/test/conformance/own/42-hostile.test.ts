// More hostile input, with a bystander who must not notice. Nothing may leak how the server is made.
import net from "node:net";
import { ENDPOINT } from "../lib/env.ts";
import { assert, key, once } from "../lib/kit.ts";
import { ask as fetch, ensure, gatewayUrl, openRaw, protocols, type RawConn, Writer } from "../lib/wire.ts";

const LEAK = /exception|java|org\.|\bat \w+\.|undertow|catalina|jboss|payara|select |insert /i;
const url = (k: string[], extra = "") =>
	`${ENDPOINT}/gateway/probe/action/keyText?${new URLSearchParams({ "rvt-namespace": "default", "rvt-method": "getOrCreate", "rvt-runner": "default", "rvt-key": k.join(",") })}${extra}`;

async function withBystander(f: (k: string[]) => Promise<void>) {
	const k = await ensure("probe", key());
	const good = openRaw(gatewayUrl("probe", k), "bare");
	assert.equal((await good.next()).tag, "Init");
	await f(k);
	good.action(9, "keyText");
	assert.equal((await good.next()).val.id, 9n);
	assert.equal(good.closed, undefined);
	good.close();
}
async function closedWith(conn: RawConn, reason: RegExp) {
	let m = await conn.next();
	while (m.tag !== "Closed") m = await conn.next();
	assert.match(m.val.reason, reason);
	assert.doesNotMatch(m.val.reason, LEAK);
}
const opened = async (k: string[], encoding: "json" | "cbor" | "bare" = "json") => {
	const conn = openRaw(gatewayUrl("probe", k), encoding);
	assert.equal((await conn.next()).tag, "Init");
	return conn;
};

once("a message in many fragments is bounded as a whole", () =>
	withBystander(async (k) => {
		const conn = await opened(k);
		const sock = (conn.ws as any)._socket as net.Socket;
		const fragment = (first: boolean) => {
			const head = Buffer.alloc(8);
			head[0] = first ? 0x01 : 0x00;
			head[1] = 0x80 | 126;
			head.writeUInt16BE(60_000, 2);
			return Buffer.concat([head, Buffer.alloc(60_000, 0x20)]); // a mask of zeros
		};
		for (let i = 0; i < 200 && !conn.closed; i++) {
			if (!sock.write(fragment(i === 0))) await new Promise((r) => setTimeout(r, 5));
		}
		await closedWith(conn, /^(message\.incoming_too_long|$)/);
	}));

once("text that is not UTF-8 ends the connection", () =>
	withBystander(async (k) => {
		const conn = await opened(k);
		((conn.ws as any)._socket as net.Socket).write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]));
		assert.ok((await conn.untilClosed()).code >= 1000);
	}));

once("names, parameters and keys have bounds", () =>
	withBystander(async (k) => {
		const long = await opened(k);
		long.action(1, "n".repeat(300));
		await closedWith(long, /^message\.name_too_long/);
		const subscriber = await opened(k);
		subscriber.subscribe("é".repeat(200));
		await closedWith(subscriber, /^message\.name_too_long/);
		await closedWith(openRaw(gatewayUrl("probe", k), "json", protocols("json", { x: "y".repeat(4_200) })), /^actor\.invalid_connection_params/);
		await closedWith(openRaw(gatewayUrl("probe", ["k".repeat(1_100)]), "json"), /^actor\.key_too_long/);
	}));

once("subscriptions are bounded", () =>
	withBystander(async (k) => {
		const conn = await opened(k);
		for (let i = 0; i < 1_001; i++) conn.subscribe(`event-${i}`);
		const m = await conn.next();
		assert.deepEqual([m.tag, m.val.code], ["Error", "too_many_subscriptions"]);
		conn.action(1, "keyText");
		assert.equal((await conn.next()).val.id, 1n);
		conn.close();
	}));

const BOMBS: Record<string, Buffer> = {
	"a list of 4 billion items": Buffer.from([0x9a, 0xff, 0xff, 0xff, 0xff]),
	"a map of 2^63 entries": Buffer.from([0x81, 0xbb, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
	"bytes of a negative length": Buffer.from([0x81, 0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
	"an endless list": Buffer.from([0x9f, 1, 1]),
	"a date beyond time": Buffer.from([0x81, 0xc1, 0xfb, 0x7f, 0xef, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
	"a million tags": Buffer.concat([Buffer.from([0x81]), Buffer.alloc(30_000, 0xc6), Buffer.from([1])]),
};
for (const [what, bomb] of Object.entries(BOMBS)) {
	once(`cbor: ${what}`, () =>
		withBystander(async (k) => {
			const conn = await opened(k, "bare");
			conn.ws.send(new Writer().raw(Uint8Array.from([4, 0])).u8(0).uint(1).str("keyText").data(bomb).bytes());
			const m = await conn.next();
			assert.ok(["Error", "Closed", "ActionResponse"].includes(m.tag));
			assert.doesNotMatch(JSON.stringify(m.val, (_k, v) => (typeof v === "bigint" ? `${v}` : v)), LEAK);
			conn.close();
		}));
}

once("a number with a million digits", () =>
	withBystander(async (k) => {
		const conn = await opened(k);
		conn.ws.send(`{"body":{"tag":"ActionRequest","val":{"id":1,"name":"keyText","args":[${"9".repeat(60_000)},1e999999999,-0]}}}`);
		await closedWith(conn, /^actor\.invalid_request/);
		const other = await opened(k);
		other.ws.send(`{"body":{"tag":"ActionRequest","val":{"id":2,"name":"keyText","args":[["$BigInt","${"9".repeat(50_000)}"]]}}}`);
		await closedWith(other, /^actor\.invalid_request/);
	}));

once("HTTP: what cannot be read is refused with a JSON error that tells nothing of the server", () =>
	withBystander(async (k) => {
		const post = (body: BodyInit, headers: Record<string, string> = {}, extra = "") =>
			fetch(url(k, extra), { method: "POST", body, headers: { "content-type": "application/json", ...headers } });
		const cases: [string, Promise<Response>, number][] = [
			["broken JSON", post("{"), 400],
			["args no list", post('{"args":{}}'), 400],
			["deep JSON", post(`{"args":${"[".repeat(20_000)}${"]".repeat(20_000)}}`), 400],
			["broken CBOR", post(Buffer.from([0xff]), { "x-rivet-encoding": "cbor" }), 400],
			["params over 4 KiB", post('{"args":[]}', { "x-rivet-conn-params": JSON.stringify("x".repeat(4_200)) }), 400],
			["a doubled parameter", post('{"args":[]}', {}, "&rvt-key=x"), 400],
			["a broken escape", post('{"args":[]}', {}, "&x=%zz"), 400],
			["a body of 6 MiB", post(new Uint8Array(6 * 1024 * 1024)), 413],
			["a method that is none", fetch(url(k), { method: "PURGE" }), 405],
			["no action", fetch(url(k).replace("/action/keyText", "/action/"), { method: "POST", body: "{}" }), 404],
		];
		for (const [what, response, status] of cases) {
			const res = await response;
			const text = await res.text();
			assert.equal(res.status, status, `${what}: ${text}`);
			if (what === "a broken escape" && text === "") continue; // refused by WildFly before anybody is asked
			const e = JSON.parse(text);
			assert.deepEqual([typeof e.group, typeof e.code, typeof e.message], ["string", "string", "string"], what);
			assert.doesNotMatch(text, LEAK, what);
		}
	}));

once("a page of another origin is refused", async () => {
	const k = await ensure("probe", key());
	await closedWith(openRaw(gatewayUrl("probe", k), "json", undefined, { origin: "http://evil.example" }), /^guard\.origin_not_allowed/);
	const res = await fetch(url(k), { method: "OPTIONS", headers: { origin: "http://evil.example", "access-control-request-method": "POST" } });
	assert.equal(res.headers.get("access-control-allow-origin"), null);
	const good = openRaw(gatewayUrl("probe", k), "json", undefined, { origin: "http://app.example" });
	assert.equal((await good.next()).tag, "Init");
	good.close();
});
