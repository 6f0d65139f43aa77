// Plays a page whose tokens are short, with thespis.js: it is known by fresh ones for longer than one lasts, and its connection
// stays. ENDPOINT is the server, TOKENS gives tokens. Prints what came of it as the last line.
import { WebSocket } from "ws";
import { ENDPOINT } from "../lib/env.ts";

const TOKENS = 3;
const LAST_MS = 60_000;
(globalThis as any).WebSocket = WebSocket;
const { createClient } = await import("../../../../browser/src/main/resources/META-INF/resources/thespis.js" as string);

let asked = 0;
const token = async () => {
	asked++;
	return (await fetch(process.env.TOKENS!)).text();
};
const client: any = createClient({ endpoint: ENDPOINT, token });
const key = [`page-${process.pid}-${Date.now()}`];
const alone = await client.lobby.getOrCreate(key).who();
const lobby = client.lobby.getOrCreate(key).connect();
const told: string[] = [];
const said: string[] = [];
lobby.onError((error: any) => told.push(`${error.group}.${error.code}`));
lobby.onClose(() => told.push("closed"));
lobby.on("said", (text: string) => said.push(text));
const first = await lobby.who();
const last = Date.now() + LAST_MS;
let count = 0;
while (asked < 1 + TOKENS && Date.now() < last) {
	await lobby.say(`${count++}`);
	await new Promise((resolve) => setTimeout(resolve, 50));
}
const second = await lobby.who();
const whole = said.join() === Array.from({ length: count }, (_, i) => `${i}`).join();
console.log(`OUTCOME ${JSON.stringify({ alone, first, second, told, whole, renewed: asked >= 1 + TOKENS })}`);
await client.dispose();
process.exit(0);
