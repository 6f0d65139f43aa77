package org.thespis.gateway;

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
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Wanted;

/** Which actor a request is for. */
sealed interface ActorAddress {

    /** All query parameters that are the gateway's own start so. */
    String PREFIX = "rvt-";

    /** An actor by its id. */
    record ById(String id) implements ActorAddress {
        @Override
        public String resolve(Relay relay) {
            return relay.find(id)
                    .orElseThrow(() -> new ActorException(ActorError.actorNotFound()))
                    .id();
        }
    }

    /** An actor by name and key that must exist. */
    record Get(String name, ActorKey key) implements ActorAddress {
        @Override
        public String resolve(Relay relay) {
            return relay.find(name, key)
                    .orElseThrow(() -> new ActorException(ActorError.actorNotFound()))
                    .id();
        }
    }

    /** An actor by name and key that is created if need be; {@code input} is a plain value. */
    record GetOrCreate(String name, ActorKey key, Object input) implements ActorAddress {
        @Override
        public String resolve(Relay relay) {
            return relay.getOrCreate(Wanted.of(name, key, input, Caller.ANONYMOUS))
                    .actor()
                    .id();
        }
    }

    /**
     * The id of the actor, which exists now.
     *
     * @throws ActorException {@code actor.not_found}, or why it could not be created
     */
    String resolve(Relay relay);

    Set<String> KNOWN = Set.of(
            "namespace", "method", "runner", "key", "input", "region", "crash-policy", "token", "skip-ready-wait");

    /**
     * Reads an address.
     *
     * @param target the path segment behind {@code /gateway/}, not decoded: an id, or a name if there are parameters
     * @throws ActorException if it is not complete or not valid
     */
    static ActorAddress parse(String target, QueryString query, GatewaySettings settings) {
        Map<String, String> own = own(query);
        String decoded = QueryString.decode(target, false);
        if (!own.containsKey("method") && !own.containsKey("namespace")) {
            int token = decoded.indexOf('@');
            return new ById(token < 0 ? decoded : decoded.substring(0, token));
        }
        String namespace = own.get("namespace");
        if (namespace == null) {
            throw Guard.invalidParameters("rvt-namespace is missing");
        }
        if (!namespace.equals(settings.namespace())) {
            throw Guard.unknownNamespace();
        }
        ActorKey key = key(own.get("key"), settings);
        return switch (own.getOrDefault("method", "")) {
            case "get" -> new Get(decoded, key);
            case "getOrCreate" -> {
                if (own.getOrDefault("runner", "").isEmpty()) {
                    throw Guard.missingPool();
                }
                yield new GetOrCreate(decoded, key, input(own.get("input")));
            }
            default -> throw Guard.invalidParameters("rvt-method is neither get nor getOrCreate");
        };
    }

    private static Map<String, String> own(QueryString query) {
        Map<String, String> own = new HashMap<>();
        for (QueryString.Parameter parameter : query.parameters()) {
            if (parameter.name().startsWith(PREFIX)) {
                String name = parameter.name().substring(PREFIX.length());
                if (!KNOWN.contains(name)) {
                    throw Guard.invalidParameters("an unknown rvt- parameter");
                }
                if (own.put(name, parameter.value()) != null) {
                    throw Guard.duplicateParameter(PREFIX + name);
                }
            }
        }
        return own;
    }

    private static ActorKey key(String joined, GatewaySettings settings) {
        ActorKey key = joined == null ? ActorKey.of() : new ActorKey(List.of(joined.split(",", -1)));
        return checked(key, settings);
    }

    /** Refuses keys that are too long. */
    static ActorKey checked(ActorKey key, GatewaySettings settings) {
        if (key.toString().getBytes(StandardCharsets.UTF_8).length > settings.maxKeySize()) {
            throw Guard.keyTooLong(settings.maxKeySize());
        }
        return key;
    }

    private static Object input(String base64) {
        if (base64 == null) {
            return Undefined.UNDEFINED;
        }
        try {
            return PlainCodec.readCbor(Base64.getUrlDecoder().decode(base64));
        } catch (IllegalArgumentException | MalformedMessageException e) {
            throw Guard.invalidInput();
        }
    }
}
