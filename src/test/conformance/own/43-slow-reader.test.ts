// A client that stops reading costs nobody else anything: it is closed, and the heap does not grow.
import net from "node:net";
import { assert, key, once, until } from "../lib/kit.ts";
import { ensure, gatewayUrl, openRaw } from "../lib/wire.ts";

const SIZE = 200_000;
const BLOBS = 400; // 80 MB for each subscriber
const MAX_GROWTH = 40 * 1024 * 1024;

once("a client that does not read is closed, 100 others get everything", async () => {
	const k = await ensure("probe", key());
	const open = async () => {
		const conn = openRaw(gatewayUrl("probe", k), "bare");
		assert.equal((await conn.next()).tag, "Init");
		return conn;
	};
	const sender = await open();
	let id = 0;
	const call = async (name: string, ...args: unknown[]) => {
		sender.action(++id, name, ...args);
		const m = await sender.next();
		assert.equal(m.tag, "ActionResponse", JSON.stringify(m.val.message));
		return m.val.output;
	};
	const others = await Promise.all(Array.from({ length: 100 }, open));
	const heapBefore = await call("usedHeap");

	const deaf = await open();
	deaf.subscribe("blob");
	deaf.action(1, "keyText");
	await deaf.next();
	((deaf.ws as any)._socket as net.Socket).pause();
	others[0].subscribe("blob");
	for (const c of others.slice(1)) c.subscribe("note");
	for (const c of others) {
		c.action(1, "keyText");
		await c.next();
	}

	const received: number[] = [];
	const reading = (async () => {
		while (received.length < BLOBS) received.push(Number((await others[0].next()).val.args[0]));
	})();
	for (let i = 0; i < BLOBS; i++) await call("blob", SIZE, i);
	await reading;
	assert.deepEqual(received, Array.from({ length: BLOBS }, (_, i) => i));

	await until("the deaf one is gone", async () => (await call("population"))[0] === 101);
	await call("note", "all", 0, 1);
	for (const c of others.slice(1)) assert.deepEqual((await c.next()).val.args, ["all", 0, 1]);
	for (const c of others) assert.equal(c.closed, undefined);
	const growth = (await call("usedHeap")) - heapBefore;
	assert.ok(growth < MAX_GROWTH, `the heap grew by ${growth}`);

	((deaf.ws as any)._socket as net.Socket).resume();
	const end = await deaf.untilClosed();
	assert.ok(end.code === 1006 || end.reason.startsWith("connection.too_slow"), JSON.stringify(end));
});
