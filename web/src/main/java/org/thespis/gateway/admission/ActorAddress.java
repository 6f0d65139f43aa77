package org.thespis.gateway.admission;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thespis.api.ActorKey;
import org.thespis.api.Undefined;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.PlainCodec;

/** Which actor a request is for. */
public sealed interface ActorAddress {

    /** All query parameters that are the gateway's own start so. */
    String PREFIX = "rvt-";

    Set<String> KNOWN = Set.of(
            "namespace", "method", "runner", "key", "input", "region", "crash-policy", "token", "skip-ready-wait");

    /** A token that came with the address, or null. */
    String token();

    /** An actor by its id. */
    record ById(String id, String token) implements ActorAddress {}

    /** An actor by name and key that must exist. */
    record Get(String name, ActorKey key, String token) implements ActorAddress {}

    /** An actor by name and key that is created if need be; {@code input} is base64url of CBOR, or null. */
    record GetOrCreate(String name, ActorKey key, String input, String token) implements ActorAddress {

        /** The input as a plain value. */
        Object plainInput() {
            if (input == null) {
                return Undefined.UNDEFINED;
            }
            try {
                return PlainCodec.readCbor(Base64.getUrlDecoder().decode(input));
            } catch (IllegalArgumentException | MalformedMessageException e) {
                throw GatewayErrors.invalidInput();
            }
        }
    }

    /**
     * Reads an address.
     *
     * @param target an id, with a token perhaps, or a name if there are parameters
     * @throws org.thespis.runtime.message.ActorException if it is not complete or not valid
     */
    static ActorAddress parse(String target, QueryString query, GatewaySettings settings) {
        Map<String, String> own = own(query);
        String token = own.get("token");
        if (!own.containsKey("method") && !own.containsKey("namespace")) {
            int at = target.indexOf('@');
            return at < 0 ? new ById(target, token) : new ById(target.substring(0, at), target.substring(at + 1));
        }
        String namespace = own.get("namespace");
        if (namespace == null) {
            throw GatewayErrors.invalidParameters("rvt-namespace is missing");
        }
        if (!namespace.equals(settings.namespace())) {
            throw GatewayErrors.unknownNamespace();
        }
        ActorKey key = key(own.get("key"), settings);
        return switch (own.getOrDefault("method", "")) {
            case "get" -> new Get(target, key, token);
            case "getOrCreate" -> {
                if (own.getOrDefault("runner", "").isEmpty()) {
                    throw GatewayErrors.missingPool();
                }
                yield new GetOrCreate(target, key, own.get("input"), token);
            }
            default -> throw GatewayErrors.invalidParameters("rvt-method is neither get nor getOrCreate");
        };
    }

    private static Map<String, String> own(QueryString query) {
        Map<String, String> own = new HashMap<>();
        for (QueryString.Parameter parameter : query.parameters()) {
            if (parameter.name().startsWith(PREFIX)) {
                String name = parameter.name().substring(PREFIX.length());
                if (!KNOWN.contains(name)) {
                    throw GatewayErrors.invalidParameters("an unknown rvt- parameter");
                }
                if (own.put(name, parameter.value()) != null) {
                    throw GatewayErrors.duplicateParameter(PREFIX + name);
                }
            }
        }
        return own;
    }

    private static ActorKey key(String joined, GatewaySettings settings) {
        ActorKey key = joined == null ? ActorKey.of() : new ActorKey(List.of(joined.split(",", -1)));
        return checked(key, settings);
    }

    /** Refuses keys that are too long, and those that cannot be told to anybody: half of a surrogate pair has no UTF-8. */
    static ActorKey checked(ActorKey key, GatewaySettings settings) {
        int max = settings.sizes().key();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(key.toString())) {
            throw GatewayErrors.keyNoText();
        }
        if (key.toString().getBytes(StandardCharsets.UTF_8).length > max) {
            throw GatewayErrors.keyTooLong(max);
        }
        return key;
    }
}
