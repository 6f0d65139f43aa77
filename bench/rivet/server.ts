// The actor that is measured, on real Rivet.
import { actor, setup } from "rivetkit";

const benchEcho = actor({
	state: {},
	actions: {
		echo: (_c: any, text: string) => text,
	},
});

setup({ use: { benchEcho } }).start();
