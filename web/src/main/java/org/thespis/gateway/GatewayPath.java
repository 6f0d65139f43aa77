package org.thespis.gateway;

/**
 * A path below {@code /gateway/}, not decoded.
 *
 * @param target the id or name of the actor
 * @param kind {@code connect}, {@code websocket}, {@code action}, {@code request} or anything else
 * @param rest what follows, with its leading slash, or empty
 */
record GatewayPath(String target, String kind, String rest) {

    private static final String ROOT = "/gateway/";

    /** @param path the path of the request, with the context path, without a query */
    static GatewayPath parse(String path) {
        int start = path.indexOf(ROOT);
        if (start < 0) {
            throw Guard.noRoute();
        }
        String below = path.substring(start + ROOT.length());
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
}
