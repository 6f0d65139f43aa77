// What an editor knows of thespis.js by its comments; each expected error must be one.
import { ActorError, createClient } from "../../../../browser/src/main/resources/META-INF/resources/thespis.js";

createClient();
createClient("http://server.example");
const client = createClient({ endpoint: "http://server.example", callTimeoutMs: 1_000, connectTimeoutMs: 1_000 });
// @ts-expect-error
createClient({ endpoint: 5 });
// @ts-expect-error
createClient({ callTimeoutMs: "soon" });

client.room.get();
client.room.getOrCreate("general", { params: { name: "ann" } });
client["chat room"].getOrCreate(["general", 7], { getParams: async () => ({ token: "t" }) });
// @ts-expect-error
client.room.getOrCreate({});
// @ts-expect-error
client.room.getOrCreate("general", { getParams: "t" });

const handle = client.room.getOrCreate("general");
export const answer: Promise<unknown> = handle.action({ name: "say", args: ["hello"] });
handle.say("hello");
handle.users.add("ann");
// @ts-expect-error
handle.action({ args: [] });

const room = handle.connect({ name: "ann" });
export const ends: (() => void)[] = [
	room.on("said", (text: string, at: number) => [text, at]),
	room.once("said", () => {}),
	room.onOpen(() => {}),
	room.onClose(() => {}),
	room.onError((e) => [e.group.length, e.code.length, e.message, e.metadata, e instanceof ActorError, e instanceof Error]),
	room.onStatusChange((status) => status === "connected"),
];
// @ts-expect-error
room.onStatusChange((status) => status === "up");
// @ts-expect-error
room.on(7, () => {});
// @ts-expect-error
room.on("said", "no listener");
export const over: boolean = room.connStatus === "idle";
// @ts-expect-error
room.connStatus = "up";
export const disposed: Promise<void>[] = [room.dispose(), client.dispose()];
