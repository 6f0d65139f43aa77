// The scenario with @rivetkit/react: a component for each connection, one below it for each listener.
import { createClient, createRivetKitWithClient } from "@rivetkit/react";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { clientDriver, opened } from "./client.ts";
import type { Driver, Line } from "./play.ts";

interface Listener {
	event: string;
	once: boolean;
	hear: (...args: unknown[]) => void;
}
interface Spec {
	name: string;
	key: string[];
	params: unknown;
	listeners: Listener[];
	/** What the component saw last. */
	actor?: any;
	open(): void;
	refuse(e: unknown): void;
}

export function reactDriver(endpoint: string): Driver {
	const client: any = createClient<any>({ endpoint, devtools: false } as any);
	const { useActor }: any = createRivetKitWithClient<any>(client);

	function Hears({ actor, event, hear }: { actor: any } & Listener) {
		actor.useEvent(event, hear);
		return null;
	}
	function HearsOnce({ actor, event, hear }: { actor: any } & Listener) {
		useEffect(() => actor.connection?.once(event, hear), [actor.connection]);
		return null;
	}
	function Connects({ spec }: { spec: Spec }) {
		const actor = useActor({ name: spec.name, key: spec.key, params: spec.params });
		spec.actor = actor;
		useEffect(() => {
			if (actor.error) spec.refuse(actor.error);
			if (actor.connStatus === "connected") spec.open();
		}, [actor.connStatus, actor.error]);
		return spec.listeners.map((listener, i) => (listener.once ? <HearsOnce key={i} actor={actor} {...listener} /> : <Hears key={`${listener.event}${i}`} actor={actor} {...listener} />));
	}
	let show!: (specs: Spec[]) => void;
	function Page() {
		const [specs, setSpecs] = useState<Spec[]>([]);
		show = (all) => flushSync(() => setSpecs(all));
		return specs.map((spec, i) => <Connects key={`${spec.key} ${spec.name} ${i}`} spec={spec} />);
	}
	const host = document.createElement("div");
	document.body.append(host);
	const root = createRoot(host);
	flushSync(() => root.render(<Page />));

	let shown: Spec[] = [];
	const refresh = () => show((shown = [...shown]));

	function line(name: string, key: string[], params: unknown): Line {
		let spec!: Spec;
		const is = new Promise<void>((open, refuse) => {
			spec = { name, key, params, listeners: [], open, refuse };
		});
		is.catch(() => {});
		shown.push(spec);
		refresh();
		return {
			opened: is,
			call: async (action, ...args) => action.split(".").reduce((target, part) => target[part], spec.actor.connection)(...args),
			listen: async (event, once, hear) => {
				const listener = { event, once, hear };
				spec.listeners.push(listener);
				refresh();
				return () => {
					spec.listeners.splice(spec.listeners.indexOf(listener), 1);
					refresh();
				};
			},
			leave: async () => {
				shown = shown.filter((other) => other !== spec);
				refresh();
			},
		};
	}
	// The calls of their own are those of the client that the hooks are made from.
	return {
		...clientDriver(client, true),
		connect: line,
		end: async () => {
			root.unmount();
			await client.dispose();
		},
	};
}
export { opened };
