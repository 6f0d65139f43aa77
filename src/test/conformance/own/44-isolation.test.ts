// 200 connections, 50 actors, random calls: order for each connection, no duplicates, nothing missing, nothing of others.
import { assert, key, once, until } from "../lib/kit.ts";
import { ENCODINGS } from "../lib/env.ts";
import { ensure, gatewayUrl, openRaw, type RawConn } from "../lib/wire.ts";

const ACTORS = 50;
const CONNECTIONS = 200;
const SECONDS = Number(process.env.LOAD_SECONDS ?? 60);
const MAX_OPEN = 8;

interface Member {
	conn: RawConn;
	actor: number;
	sent: number;
	answered: number;
	heard: Map<number, number>;
}

once(
	"under load everybody hears everything of the own actor, in order, once",
	async () => {
		const [, run] = key();
		const keys = await Promise.all(Array.from({ length: ACTORS }, (_, i) => ensure("probe", [run, String(i)])));
		const members: Member[] = [];
		// beside the load: one client that has gone without a word, and one that only listens
		const silent = openRaw(gatewayUrl("probe", keys[0]), "json", undefined, { autoPong: false });
		const quiet = openRaw(gatewayUrl("probe", keys[0]), "json");
		for (const c of [silent, quiet]) assert.equal((await c.next()).tag, "Init");
		for (let i = 0; i < CONNECTIONS; i++) {
			const actor = i % ACTORS;
			const conn = openRaw(gatewayUrl("probe", keys[actor]), ENCODINGS[i % ENCODINGS.length]);
			assert.equal((await conn.next()).tag, "Init");
			conn.subscribe("note");
			conn.action(0, "keyText");
			assert.equal((await conn.next()).val.output, keys[actor].join("/"));
			members.push({ conn, actor, sent: 0, answered: 0, heard: new Map() });
		}
		const listen = async (m: Member) => {
			for (;;) {
				const { tag, val } = await m.conn.next(120_000);
				if (tag === "Closed") return;
				if (tag === "ActionResponse") {
					m.answered++;
					assert.equal(val.id, BigInt(m.answered), "answers come in the order of the calls");
				} else {
					assert.equal(tag, "Event");
					const [actor, sender, seq] = [val.args[0], Number(val.args[1]), Number(val.args[2])];
					assert.equal(actor, String(m.actor), "an event of another actor");
					assert.equal(seq, (m.heard.get(sender) ?? 0) + 1, "missing, doubled or out of order");
					m.heard.set(sender, seq);
				}
			}
		};
		const failures: unknown[] = [];
		const listeners = members.map((m) => listen(m).catch((e) => failures.push(e)));
		const end = Date.now() + SECONDS * 1_000;
		while (Date.now() < end && failures.length === 0) {
			for (let i = 0; i < 50; i++) {
				const index = Math.floor(Math.random() * CONNECTIONS);
				const m = members[index];
				if (m.sent - m.answered < MAX_OPEN) m.conn.action(++m.sent, "note", String(m.actor), index, m.sent);
			}
			await new Promise((r) => setImmediate(r));
		}
		const complete = (m: Member) =>
			m.answered === m.sent &&
			members.every((other, i) => other.actor !== m.actor || (m.heard.get(i) ?? 0) === other.sent);
		await until("all is heard", () => failures.length > 0 || members.every(complete), 60_000);
		if (failures.length > 0) throw failures[0];
		assert.ok(members.every((m) => m.sent > 0));
		if (SECONDS >= 60) {
			assert.match((await silent.untilClosed(10_000)).reason, /^connection\.silent/);
			assert.equal(quiet.closed, undefined);
		}
		for (const m of members) m.conn.close();
		await Promise.all(listeners);
	},
	{ timeout: 240_000 },
);
