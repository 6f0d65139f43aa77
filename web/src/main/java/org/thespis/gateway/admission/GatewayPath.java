package org.thespis.gateway.admission;

import java.util.ArrayList;
import java.util.List;

/**
 * The path of a request for an actor, decoded.
 *
 * @param target the id or name of the actor
 * @param kind {@code connect}, {@code websocket}, {@code action}, {@code request} or anything else
 * @param rest what follows, with its leading slash, or empty
 */
public record GatewayPath(String target, String kind, String rest) {

    private static final String ROOT = "/gateway/";

    /** @param path decoded, below the context path, as {@link #plain} gives it */
    public static GatewayPath parse(String path) {
        if (!path.startsWith(ROOT)) {
            throw GatewayErrors.noRoute();
        }
        String below = path.substring(ROOT.length());
        int slash = below.indexOf('/');
        if (slash < 0) {
            return new GatewayPath(below, "", "");
        }
        String target = below.substring(0, slash);
        int end = below.indexOf('/', slash + 1);
        return end < 0
                ? new GatewayPath(target, below.substring(slash + 1), "")
                : new GatewayPath(target, below.substring(slash + 1, end), below.substring(end));
    }

    /** What follows, at least a slash. */
    public String subPath() {
        return rest.isEmpty() ? "/" : rest;
    }

    /**
     * The path of a request, decoded, if there is no doubt what it means: no dot segments, empty segments, path parameters or
     * encoded separators. What servers, proxies and constraints make of those differs.
     *
     * @param raw as it was sent, with the context path, without the query
     * @param context the context path, not decoded
     * @param mapped what the server has found its servlet and constraints by, decoded, below the context path; must be the
     *     same path
     * @throws org.thespis.runtime.message.ActorException {@code guard.invalid_path}
     */
    public static String plain(String raw, String context, String mapped) {
        if (!raw.startsWith(context + "/")) {
            throw GatewayErrors.invalidPath();
        }
        List<String> segments = new ArrayList<>();
        String[] parts = raw.substring(context.length() + 1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            segments.add(segment(parts[i], i == parts.length - 1));
        }
        String plain = "/" + String.join("/", segments);
        if (!plain.equals(mapped)) {
            throw GatewayErrors.invalidPath();
        }
        return plain;
    }

    private static String segment(String raw, boolean last) {
        String decoded = QueryString.decode(raw, false);
        boolean empty = decoded.isEmpty() && !last;
        boolean dots = decoded.equals(".") || decoded.equals("..");
        if (empty || dots || raw.indexOf(';') >= 0 || decoded.chars().anyMatch(GatewayPath::separates)) {
            throw GatewayErrors.invalidPath();
        }
        return decoded;
    }

    private static boolean separates(int c) {
        return c == '/' || c == '\\' || Character.isISOControl(c);
    }
}
