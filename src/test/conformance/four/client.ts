// The scenario with clients of the names of rivetkit/client: that of npm, and thespis.js.
import type { Driver, Line } from "./play.ts";

const at = (target: any, name: string) => name.split(".").reduce((t, part) => t[part], target);
const calling = (handle: any) => ({
	action: (name: string, args: unknown[]) => at(handle, name)(...args) as Promise<unknown>,
});

export function opened(connection: any): Promise<unknown> {
	return new Promise((resolve, reject) => {
		connection.onError(reject);
		connection.onOpen(resolve);
		if (connection.connStatus === "connected") resolve(undefined);
	});
}

function line(connection: any): Line {
	const is = opened(connection);
	is.catch(() => {});
	return {
		opened: is,
		call: async (action, ...args) => at(connection, action)(...args),
		listen: async (event, once, listener) => (once ? connection.once(event, listener) : connection.on(event, listener)),
		leave: async () => connection.dispose(),
	};
}

/** @param rivet whether it has what only the client of npm has: anything is an action to the proxies of both */
export function clientDriver(client: any, rivet: boolean): Driver {
	const options = (params: unknown) => (params === undefined ? {} : { params });
	return {
		connect: (type, key, params) => line(client[type].getOrCreate(key, options(params)).connect()),
		handle: (type, key, params) => {
			const handle = client[type].getOrCreate(key, options(params));
			return rivet ? { ...calling(handle), id: () => handle.resolve() } : calling(handle);
		},
		create: has(client.counter, "create") ? async (type, key, input) => calling(await client[type].create(key, { input })) : undefined,
		byId: has(client.counter, "getForId") ? (type, id) => calling(client[type].getForId(id)) : undefined,
		end: async () => client.dispose(),
	};
}

const has = (accessor: any, name: string) => typeof accessor[name] === "function";
