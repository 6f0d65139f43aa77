// What Thespis adds to the contract of Rivet: errors of arguments, subscriptions that are refused, nested names.
import { assert, each, key, made, once, rejection, sameError, until, up } from "../lib/kit.ts";
import { ensure, gatewayUrl, openRaw } from "../lib/wire.ts";

each("a wrong or missing argument names the parameter", async ({ client, key }) => {
	const conn = client.pusher.getOrCreate(key()).connect();
	const wrong = await rejection(conn.burst("many", "t"));
	sameError(wrong, "actor", "invalid_argument", "Argument 1 (n): expected int, got text");
	assert.deepEqual(wrong.metadata, { position: 1, parameter: "n" });
	sameError(await rejection(conn.burst()), "actor", "invalid_argument", "Argument 1 (n): missing");
});

each("violations of Bean Validation arrive as metadata, of a nested action too", async ({ client, key }) => {
	const handle = client.probe.getOrCreate(key());
	const call = (...args: unknown[]) => handle.action({ name: "users.add", args });
	assert.equal(await call("ann", 7), "ann is 7");
	const e = await rejection(call(" ", 200));
	sameError(e, "actor", "validation_failed");
	assert.deepEqual(e.metadata.violations.map((v: any) => v.path).sort(), ["age", "name"]);
	assert.doesNotMatch(JSON.stringify([e.message, e.metadata]), /org\.|java/);
});

each("a refused subscription is reported, and the connection stays", async ({ client, key }) => {
	const conn = client.probe.getOrCreate(key()).connect();
	await up(conn);
	const id = conn.connId;
	const errors: any[] = [];
	conn.onError((e: any) => errors.push(e));
	conn.on("forbidden", () => {});
	conn.on("broken", () => {});
	await until("both are refused", () => errors.length === 2);
	assert.deepEqual(errors.map((e) => `${e.group}.${e.code}`), ["auth.forbidden", "user.no_entry"]);
	assert.equal(await conn.keyText() !== "", true);
	assert.equal(conn.connId, id);
});

each("a blocking action over its time limit is answered in time", async ({ client, key }) => {
	const handle = await made(client.slow.getOrCreate(key()));
	const start = Date.now();
	sameError(await rejection(handle.block(3_000)), "actor", "action_timed_out");
	assert.ok(Date.now() - start < 2_900);
});

once("waiting calls are bounded: the rest is told at once that nothing was run", async () => {
	const k = await ensure("probe", key());
	const [blocker, conn] = [0, 1].map(() => openRaw(gatewayUrl("probe", k), "bare"));
	for (const c of [blocker, conn]) assert.equal((await c.next()).tag, "Init");
	blocker.action(0, "block", 2_000);
	const calls = 1_500;
	for (let i = 1; i <= calls; i++) conn.action(i, "keyText");
	const seen = { ActionResponse: 0, overloaded: 0 };
	for (let i = 0; i < calls; i++) {
		const m = await conn.next();
		if (m.tag === "ActionResponse") seen.ActionResponse++;
		else {
			assert.equal(m.val.code, "overloaded");
			seen.overloaded++;
		}
	}
	assert.ok(seen.ActionResponse >= 999 && seen.overloaded > 0, JSON.stringify(seen));
	blocker.close();
	conn.close();
});
