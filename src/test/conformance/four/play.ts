// Plays the scenario with one client, and tells what came of each step. Runs in Node and in browsers.

/** A connection, whatever a client makes of it. */
export interface Line {
	/** Fulfilled when it is open; rejected with why it was refused. */
	opened: Promise<unknown>;
	call(action: string, ...args: unknown[]): Promise<unknown>;
	/** Gives what ends it; both take effect before a call that is made later. */
	listen(event: string, once: boolean, listener: (...args: unknown[]) => void): Promise<() => Promise<void> | void>;
	leave(): Promise<unknown>;
}

export interface Driver {
	connect(type: string, key: string[], params: unknown): Line;
	/** Calls of their own; undefined if the client has none. */
	handle(type: string, key: string[], params: unknown): { action(name: string, args: unknown[]): Promise<unknown>; id?(): Promise<string> };
	create?(type: string, key: string[], input: unknown): Promise<{ action(name: string, args: unknown[]): Promise<unknown> }>;
	byId?(type: string, id: string): { action(name: string, args: unknown[]): Promise<unknown> };
	end(): Promise<unknown>;
}

const STEP_MS = 15_000;
const UNSUPPORTED = "cannot";
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What JSON lacks is written as objects. */
function read(value: any): any {
	if (value === null || typeof value !== "object") return value;
	if (Array.isArray(value)) return value.map(read);
	if (value.$bytes) return Uint8Array.from(value.$bytes);
	if (value.$big) return BigInt(value.$big);
	return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, read(v)]));
}
function write(value: any): any {
	if (value === undefined) return null;
	if (typeof value === "bigint") return { $big: `${value}` };
	if (value === null || typeof value !== "object") return value;
	if (value instanceof Uint8Array) return { $bytes: [...value] };
	if (value instanceof ArrayBuffer) return { $bytes: [...new Uint8Array(value)] };
	if (Array.isArray(value)) return value.map(write);
	return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, write(v)]));
}
function failure(e: any): unknown {
	if (!e?.group) return { error: `no error of an actor: ${e}` };
	const metadata = e.group === "user" ? e.metadata : undefined;
	return { error: `${e.group}.${e.code}`, ...(metadata == null ? {} : { metadata: write(metadata) }) };
}
const outcome = (promise: Promise<unknown>): Promise<unknown> => promise.then(write, failure);

async function bounded(promise: Promise<unknown>): Promise<unknown> {
	let timer: any;
	const late = new Promise((resolve) => (timer = setTimeout(resolve, STEP_MS, `nothing within ${STEP_MS} ms`)));
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

class Row {
	private readonly lines: Record<string, Line> = {};
	private readonly heard: Record<string, unknown[][]> = {};
	private readonly ends: Record<string, () => Promise<void> | void> = {};
	private readonly ids: Record<string, unknown> = {};
	private over = false;
	constructor(private readonly driver: Driver, private readonly key: string[]) {}

	async step(s: any): Promise<unknown> {
		if (s.connect) {
			const line = this.driver.connect(s.to, this.key, s.params);
			this.lines[s.connect] = line;
			return line.opened.then(() => "connected", failure);
		}
		if (s.calls) return Promise.all(s.do.map(([action, ...args]: any[]) => outcome(this.lines[s.calls]!.call(action, ...read(args)))));
		if (s.stateless) return this.each(this.driver.handle(s.stateless, this.key, s.params), s.do);
		if (s.listen || s.once) {
			const name = `${s.listen ?? s.once} ${s.to}`;
			const got: unknown[][] = (this.heard[name] ??= []);
			this.ends[name] = await this.lines[s.listen ?? s.once]!.listen(s.to, !!s.once, (...args) => got.push(write(args)));
			return "listening";
		}
		if (s.unlisten) {
			await this.ends[`${s.unlisten} ${s.to}`]!();
			return "no more";
		}
		if (s.heard) {
			const got = (this.heard[`${s.heard} ${s.of}`] ??= []);
			const times = () => got.filter((args) => same(args, s.with)).length;
			while ((s.with ? times() < 1 : got.length < s.count) && !this.over) await pause(10);
			return s.with ? times() : [...got];
		}
		if (s.remember) {
			this.ids[s.remember] = await this.lines[s.remember]!.call("myId");
			return "remembered";
		}
		if (s.back) {
			while (!this.over) {
				const id = await this.lines[s.back]!.call("myId").catch(() => this.ids[s.back]);
				if (id !== this.ids[s.back]) return "back";
				await pause(50);
			}
			return "lost";
		}
		if (s.leave) {
			await this.lines[s.leave]!.leave();
			delete this.lines[s.leave];
			return "left";
		}
		if (s.create) {
			if (!this.driver.create) return UNSUPPORTED;
			const made = this.driver.create(s.create, this.key, s.input);
			return made.then((handle) => this.each(handle, s.do), failure);
		}
		if (s.byId) {
			const handle = this.driver.handle(s.byId, this.key, undefined);
			if (!this.driver.byId || !handle.id) return UNSUPPORTED;
			return this.each(this.driver.byId(s.byId, await handle.id()), s.do);
		}
		throw new Error(`unknown step ${JSON.stringify(s)}`);
	}

	private async each(handle: { action(name: string, args: unknown[]): Promise<unknown> }, calls: any[][]) {
		const results = [];
		for (const [action, ...args] of calls) results.push(await outcome(handle.action(action, read(args))));
		return results;
	}

	async end() {
		this.over = true;
		await Promise.all(Object.values(this.lines).map((line) => line.leave().catch(() => {})));
	}
}

/**
 * Plays one row.
 * @param run of which each has actors of its own
 * @returns the outcomes of its steps, up to the first that is another than expected
 */
export async function play({ steps }: any, driver: Driver, run: string): Promise<unknown[]> {
	const row = new Row(driver, ["four", run]);
	const outcomes: unknown[] = [];
	for (const step of steps) {
		outcomes.push(await bounded(Promise.resolve().then(() => row.step(step)).catch(failure)));
		if (!same(outcomes.at(-1), step.gives)) break;
	}
	await bounded(row.end());
	await bounded(driver.end());
	return outcomes;
}
