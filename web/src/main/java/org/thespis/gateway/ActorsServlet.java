package org.thespis.gateway;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorResponse;
import org.thespis.api.Undefined;
import org.thespis.api.spi.ActorRecord;
import org.thespis.gateway.admission.ActorAddress;
import org.thespis.gateway.admission.Admission;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.admission.Page;
import org.thespis.gateway.admission.QueryString;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.PlainCodec;
import org.thespis.runtime.Relay;
import org.thespis.runtime.Relay.Resolution;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Wanted;

/** Finds and creates actors by key, which every client needs; lists and ends them for whom that is open. */
@WebServlet(
        urlPatterns = {"/actors", "/actors/*"},
        asyncSupported = true)
public class ActorsServlet extends AsyncServlet {

    private static final long serialVersionUID = 1L;
    private static final String ALL = "/actors";
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final long DESTROY_TIMEOUT_SECONDS = 30;

    @Override
    void handle(HttpExchange exchange, Visit visit) {
        HttpServletRequest request = exchange.request();
        QueryString query = QueryString.parse(request.getQueryString());
        String namespace = query.first("namespace");
        if (namespace != null && !namespace.equals(gateway.settings().namespace())) {
            throw GatewayErrors.unknownNamespace();
        }
        Caller caller = gateway.admission().caller(visit.head(), null);
        if (visit.path().equals(ALL)) {
            switch (request.getMethod()) {
                case "GET" -> exchange.answerAfterBody(ok(find(query, caller, visit.page())));
                case "PUT" -> exchange.read(body -> exchange.answer(ok(getOrCreate(wanted(body, caller), visit))));
                case "POST" -> exchange.read(body -> exchange.answer(ok(create(wanted(body, caller), visit))));
                default -> throw GatewayErrors.methodNotAllowed();
            }
        } else {
            single(exchange, visit.path().substring(ALL.length() + 1), caller, visit.page());
        }
    }

    private static ActorResponse ok(Object answer) {
        return Answers.of(HttpServletResponse.SC_OK, answer);
    }

    private void single(HttpExchange exchange, String id, Caller caller, Page page) {
        if (id.indexOf('/') >= 0 || id.isEmpty()) {
            throw GatewayErrors.noRoute();
        }
        if (!exchange.request().getMethod().equals("DELETE")) {
            throw GatewayErrors.methodNotAllowed();
        }
        gateway.admission().requireDestroy(caller);
        if (!isId(id)) {
            throw GatewayErrors.invalidActorId();
        }
        if (page.origin() != null) {
            Relay relay = gateway.relay();
            page.require(relay.look(id).map(Relay.Seen::name).orElse(""), relay);
        }
        exchange.read(body -> gateway.relay()
                .destroy(id)
                .toCompletableFuture()
                .orTimeout(DESTROY_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .whenComplete((done, failure) ->
                        exchange.answer(failure == null ? ok(Map.of()) : Answers.error(ActorError.unavailable()))));
    }

    private static boolean isId(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Wanted wanted(byte[] body, Caller caller) {
        try {
            Object plain = PlainCodec.readJson(new String(body, StandardCharsets.UTF_8));
            if (!(plain instanceof Map<?, ?> map) || !(map.get("name") instanceof String name)) {
                throw GatewayErrors.invalidRequest("name is missing");
            }
            ActorKey key = map.get("key") instanceof String text ? ActorKey.parse(text) : ActorKey.of();
            Object input = Undefined.UNDEFINED;
            if (map.get("input") instanceof String base64) {
                input = PlainCodec.readCbor(Base64.getDecoder().decode(base64));
            }
            return Wanted.of(name, ActorAddress.checked(key, gateway.settings()), input, caller);
        } catch (MalformedMessageException | IllegalArgumentException e) {
            throw GatewayErrors.invalidRequest("neither JSON nor base64 of CBOR where it should be");
        }
    }

    private Object getOrCreate(Wanted wanted, Visit visit) {
        Relay relay = gateway.relay();
        visit.page().require(wanted.name(), relay);
        gateway.admission().requireKnown(wanted.caller(), wanted.name(), relay);
        ActorRecord found = relay.find(wanted.name(), wanted.key()).orElse(null);
        if (found != null) {
            return resolved(found, false);
        }
        gateway.admission().requireCreation(wanted.caller(), visit.quota(), wanted.name(), relay);
        Resolution resolution = relay.getOrCreate(wanted);
        return resolved(resolution.actor(), resolution.created());
    }

    private static Object resolved(ActorRecord actor, boolean created) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("actor", describe(actor));
        answer.put("created", created);
        return answer;
    }

    private Object create(Wanted wanted, Visit visit) {
        Relay relay = gateway.relay();
        visit.page().require(wanted.name(), relay);
        gateway.admission().requireCreation(wanted.caller(), visit.quota(), wanted.name(), relay);
        return Collections.singletonMap("actor", describe(relay.create(wanted)));
    }

    private Object find(QueryString query, Caller caller, Page page) {
        Admission admission = gateway.admission();
        String ids = query.first("actor_ids");
        String name = query.first("name");
        String key = query.first("key");
        Relay relay = gateway.relay();
        List<ActorRecord> found = new ArrayList<>();
        if (ids != null) {
            byIds(ids).forEach(id -> relay.find(id)
                    .filter(actor ->
                            page.mayCall(actor.name(), relay) && admission.mayKnow(caller, actor.name(), relay))
                    .ifPresent(found::add));
        } else if (name == null) {
            throw GatewayErrors.invalidRequest("actor_ids or name is needed");
        } else if (key != null) {
            page.require(name, relay);
            ActorKey wanted = key(key);
            if (admission.mayKnow(caller, name, relay)) {
                relay.find(name, wanted).ifPresent(found::add);
            } else if (relay.type(name).isPresent()) {
                throw new ActorException(ActorError.refused(caller));
            }
        } else {
            page.require(name, relay);
            admission.requireView(caller);
            found.addAll(relay.list(name, limit(query.first("limit"))));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("actors", found.stream().map(ActorsServlet::describe).toList());
        answer.put("pagination", Collections.singletonMap("cursor", null));
        return answer;
    }

    private List<String> byIds(String joined) {
        int max = gateway.settings().sizes().ids();
        String[] ids = joined.split(",", max + 1);
        if (ids.length > max) {
            throw GatewayErrors.invalidRequest("more than " + max + " actor_ids");
        }
        return List.of(ids);
    }

    private ActorKey key(String text) {
        try {
            return ActorAddress.checked(ActorKey.parse(text), gateway.settings());
        } catch (IllegalArgumentException e) {
            throw GatewayErrors.invalidRequest("key is no key");
        }
    }

    private static int limit(String text) {
        try {
            return text == null ? DEFAULT_LIMIT : Math.min(Math.max(Integer.parseInt(text), 0), MAX_LIMIT);
        } catch (NumberFormatException e) {
            throw GatewayErrors.invalidRequest("limit is not a number");
        }
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
