// A server that plays a part: it does to each socket and call what a test wrote, and remembers what it was sent.
import http from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

export interface Socket {
	/** What its params were. */
	params: unknown;
	/** Names and ids of the calls so far. */
	calls: { id: number; name: string; args: unknown[] }[];
	subscriptions: string[];
	init(): void;
	answer(id: number, output: unknown): void;
	refuse(id: number | null, group: string, code: string, metadata?: unknown): void;
	event(name: string, ...args: unknown[]): void;
	close(code: number, reason?: string): void;
	/** As if the line were cut. */
	cut(): void;
}

export interface Script {
	endpoint: string;
	sockets: Socket[];
	/** Bodies of the calls over HTTP. */
	requests: unknown[];
	/** Answers the calls over HTTP, one after the other; the last one again and again. */
	answers: { status: number; body: unknown }[];
	end(): void;
}

/** @param play is told each socket, and each call of a socket */
export async function script(play: { open(socket: Socket, n: number): void; call?(socket: Socket, id: number, name: string): void }): Promise<Script> {
	const sockets: Socket[] = [];
	const requests: unknown[] = [];
	const answers: Script["answers"] = [];
	const server = http.createServer(async (request, response) => {
		if (request.method === "GET") return void response.setHeader("content-type", "application/json").end("{}");
		let body = "";
		for await (const part of request) body += part;
		requests.push(JSON.parse(body).args);
		const { status, body: answer } = answers.length > 1 ? answers.shift()! : answers[0]!;
		response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
	});
	const webSockets = new WebSocketServer({ server, handleProtocols: () => "rivet" });
	webSockets.on("connection", (ws, request) => {
		const socket = one(ws, String(request.headers["sec-websocket-protocol"]));
		sockets.push(socket);
		ws.on("message", (data) => {
			const { tag, val } = JSON.parse(String(data)).body;
			if (tag === "SubscriptionRequest") return void socket.subscriptions.push(`${val.subscribe ? "+" : "-"}${val.eventName}`);
			const id = Number(Array.isArray(val.id) ? val.id[1] : val.id);
			socket.calls.push({ id, name: val.name, args: val.args });
			play.call?.(socket, id, val.name);
		});
		play.open(socket, sockets.length);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const end = () => {
		for (const ws of webSockets.clients) ws.terminate();
		webSockets.close();
		server.close();
		server.closeAllConnections();
	};
	return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets, requests, answers, end };
}

function one(ws: WebSocket, protocols: string): Socket {
	const say = (tag: string, val: unknown) => ws.send(JSON.stringify({ body: { tag, val } }));
	const wire = (id: number | null) => (id === null ? null : ["$BigInt", `${id}`]);
	const params = /rivet_conn_params\.([^,\s]+)/.exec(protocols)?.[1];
	return {
		params: params === undefined ? undefined : JSON.parse(decodeURIComponent(params)),
		calls: [],
		subscriptions: [],
		init: () => say("Init", { actorId: "a", connectionId: "c" }),
		answer: (id, output) => say("ActionResponse", { id: wire(id), output }),
		refuse: (id, group, code, metadata = null) => say("Error", { group, code, message: `${group} says ${code}`, metadata, actionId: wire(id) }),
		event: (name, ...args) => say("Event", { name, args }),
		close: (code, reason) => ws.close(code, reason),
		cut: () => ws.terminate(),
	};
}
