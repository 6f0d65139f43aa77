package org.thespis.gateway;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.thespis.api.ActorKey;
import org.thespis.api.Undefined;
import org.thespis.api.spi.ActorRecord;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.PlainCodec;
import org.thespis.runtime.Relay;
import org.thespis.runtime.Relay.Resolution;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Wanted;

/** Finds, creates and ends actors. */
@WebServlet(urlPatterns = {"/actors", "/actors/*"})
public class ActorsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final long DESTROY_TIMEOUT_SECONDS = 30;

    @Inject
    transient Gateway gateway;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            QueryString query = QueryString.parse(request.getQueryString());
            String namespace = parameter(query, "namespace");
            if (namespace != null && !namespace.equals(gateway.settings().namespace())) {
                throw Guard.unknownNamespace();
            }
            Object answer =
                    switch (request.getMethod()) {
                        case "GET" -> find(query);
                        case "PUT" -> getOrCreate(wanted(request));
                        case "POST" -> create(wanted(request));
                        case "DELETE" -> destroy(request.getPathInfo());
                        default -> throw Guard.methodNotAllowed();
                    };
            JsonAnswers.write(response, HttpServletResponse.SC_OK, answer);
        } catch (ActorException e) {
            JsonAnswers.fail(response, e.error());
        }
    }

    private Wanted wanted(HttpServletRequest request) throws IOException {
        byte[] body = JsonAnswers.body(request, gateway.settings().maxBody());
        try {
            Object plain = PlainCodec.readJson(new String(body, StandardCharsets.UTF_8));
            if (!(plain instanceof Map<?, ?> map) || !(map.get("name") instanceof String name)) {
                throw Guard.invalidRequest("name is missing");
            }
            ActorKey key = map.get("key") instanceof String text ? ActorKey.parse(text) : ActorKey.of();
            Object input = Undefined.UNDEFINED;
            if (map.get("input") instanceof String base64) {
                input = PlainCodec.readCbor(Base64.getDecoder().decode(base64));
            }
            return Wanted.of(name, ActorAddress.checked(key, gateway.settings()), input, Caller.ANONYMOUS);
        } catch (MalformedMessageException | IllegalArgumentException e) {
            throw Guard.invalidRequest("neither JSON nor base64 of CBOR where it should be");
        }
    }

    private Object getOrCreate(Wanted wanted) {
        Resolution resolution = gateway.relay().getOrCreate(wanted);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("actor", describe(resolution.actor()));
        answer.put("created", resolution.created());
        return answer;
    }

    private Object create(Wanted wanted) {
        ActorRecord actor = gateway.relay().create(wanted);
        return Collections.singletonMap("actor", describe(actor));
    }

    private Object destroy(String path) {
        if (path == null || !isId(path.substring(1))) {
            throw Guard.invalidActorId();
        }
        try {
            gateway.relay()
                    .destroy(path.substring(1))
                    .toCompletableFuture()
                    .orTimeout(DESTROY_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw Guard.unavailable();
        }
        return Map.of();
    }

    private static boolean isId(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Object find(QueryString query) {
        String ids = parameter(query, "actor_ids");
        String name = parameter(query, "name");
        String key = parameter(query, "key");
        Relay relay = gateway.relay();
        List<ActorRecord> found = new ArrayList<>();
        if (ids != null) {
            for (String id : ids.split(",")) {
                relay.find(id).ifPresent(found::add);
            }
        } else if (name == null) {
            throw Guard.invalidRequest("actor_ids or name is needed");
        } else if (key != null) {
            relay.find(name, ActorKey.parse(key)).ifPresent(found::add);
        } else {
            found.addAll(relay.list(name, limit(parameter(query, "limit"))));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("actors", found.stream().map(ActorsServlet::describe).toList());
        answer.put("pagination", Collections.singletonMap("cursor", null));
        return answer;
    }

    private static int limit(String text) {
        try {
            return text == null ? DEFAULT_LIMIT : Math.min(Math.max(Integer.parseInt(text), 0), MAX_LIMIT);
        } catch (NumberFormatException e) {
            throw Guard.invalidRequest("limit is not a number");
        }
    }

    private static String parameter(QueryString query, String name) {
        return query.parameters().stream()
                .filter(p -> p.name().equals(name))
                .map(QueryString.Parameter::value)
                .findFirst()
                .orElse(null);
    }

    private static Map<String, Object> describe(ActorRecord actor) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("actor_id", actor.id());
        description.put("name", actor.name());
        description.put("key", actor.key().toString());
        description.put("create_ts", actor.created().toEpochMilli());
        return description;
    }
}
