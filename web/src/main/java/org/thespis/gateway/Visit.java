package org.thespis.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.thespis.gateway.Callers.Known;
import org.thespis.gateway.admission.ActorAddress;
import org.thespis.gateway.admission.Admission;
import org.thespis.gateway.admission.ClientQuota;
import org.thespis.gateway.admission.GatewayPath;
import org.thespis.gateway.admission.Page;
import org.thespis.gateway.admission.QueryString;
import org.thespis.gateway.admission.RequestHead;
import org.thespis.runtime.Relay;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.PackedRequest;

/**
 * A request after the first checks, which the filter makes once for all: it is kept with the request, and with the thread
 * while a WebSocket is being opened, as that hears nothing of the request.
 *
 * @param page null if the filter was not asked, or found that it may call nothing, and for {@code /health}
 * @param path decoded, below the context path
 * @param request what an actor is shown of it; null for what is for none, and for what is refused
 * @param login of the user whom the server knows by an HTTP session, of a WebSocket; null for none
 * @param known whom others than the server know, or null
 * @param refusal why it is refused, or null; a WebSocket is told after it was opened
 */
record Visit(
        RequestHead head,
        Page page,
        ClientQuota quota,
        String path,
        PackedRequest request,
        Login login,
        Known known,
        ActorError refusal) {

    private static final String KEY = Visit.class.getName();
    private static final String GATEWAY = "/gateway/";

    private static final ThreadLocal<Visit> OPENING = new ThreadLocal<>();

    /**
     * Makes the first checks.
     *
     * @param actors those that run now, if any do
     * @throws ActorException {@code guard.invalid_path}
     */
    static Visit make(HttpServletRequest request, Admission admission, Callers callers, Optional<Relay> actors) {
        Presented presented = callers.presented(request);
        RequestHead head = head(request, callers, presented);
        ClientQuota quota = admission.quota(head);
        Page page = null;
        String path = "";
        PackedRequest packed = null;
        Login login = null;
        Known known = null;
        ActorError refusal = null;
        try {
            count(request, quota);
            boolean may = leadsToActors(mapped(request));
            page = asksForHealth(request)
                    ? null
                    : admission.page(head, may ? actors.map(Relay::origins).orElse(List.of()) : List.of());
        } catch (ActorException e) {
            refusal = e.error();
        }
        if (refusal == null) {
            path = GatewayPath.plain(request.getRequestURI(), request.getContextPath(), mapped(request));
            try {
                if (isPreflight(request)) {
                    announce(page, request, path, actors);
                }
                if (leadsToActors(request, path)) {
                    known = known(head, request, presented, path, callers, admission);
                    if (known != null) {
                        ClientQuota before = quota;
                        head = head.of(known.caller());
                        quota = admission.quota(head);
                        count(request, quota.besides(before));
                    }
                    if (isUpgrade(request) && (known == null || !known.byToken())) {
                        login = Login.of(request);
                    }
                }
                packed = path.startsWith(GATEWAY) ? pack(head, request, path, admission) : null;
            } catch (ActorException e) {
                refusal = e.error();
            }
        }
        Visit visit = new Visit(head, page, quota, path, packed, login, known, refusal);
        request.setAttribute(KEY, visit);
        return visit;
    }

    private static void count(HttpServletRequest request, ClientQuota quota) {
        if (isUpgrade(request)) {
            quota.handshake();
        } else {
            quota.message();
        }
    }

    /** What stands in front asks by whatever name it has for a node, or by none; no page may read the answer. */
    private static boolean asksForHealth(HttpServletRequest request) {
        return request.getMethod().equals("GET") && mapped(request).equals("/health") && !isUpgrade(request);
    }

    private static boolean leadsToActors(HttpServletRequest request, String path) {
        return leadsToActors(path) && !isPreflight(request);
    }

    static boolean leadsToActors(String path) {
        return path.startsWith(GATEWAY) || path.startsWith("/actors");
    }

    /** The type is known if it stands in the address; else the page is asked when it calls. */
    private static void announce(Page page, HttpServletRequest request, String path, Optional<Relay> actors) {
        boolean named = path.startsWith(GATEWAY)
                && QueryString.parse(request.getQueryString()).first(ActorAddress.PREFIX + "namespace") != null;
        if (named && actors.isPresent()) {
            page.require(GatewayPath.parse(path).target(), actors.get());
        } else {
            page.announce();
        }
    }

    /** Lets the page behind a request read the answer, if it may; also why a token was refused, to get another one. */
    static void allowOrigin(HttpServletRequest request, HttpServletResponse response) {
        Visit visit = of(request);
        if (visit == null || visit.page == null) {
            return;
        }
        if (visit.page.origin() != null && visit.page.isAllowed()) {
            response.setHeader("Access-Control-Allow-Origin", visit.page.origin());
            response.setHeader("Access-Control-Allow-Credentials", "true");
        }
    }

    /** What a browser asks before a page's request; it has no credentials, and no actor sees it. */
    static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    /** Behind the resolvers: who sends a token that is too long for all is told of the token. */
    private static PackedRequest pack(RequestHead head, HttpServletRequest request, String path, Admission admission) {
        boolean known = head.caller().name() != null;
        return ClientRequests.pack(request, path, admission.address(head), known, admission.maxRequestHead());
    }

    /** Whom others than the server know, or null. */
    private static Known known(
            RequestHead head,
            HttpServletRequest request,
            Presented presented,
            String path,
            Callers callers,
            Admission admission) {
        if (!callers.asksOthers()) {
            return null;
        }
        return callers.ofOthers(request, presented, path, admission.address(head))
                .orElse(null);
    }

    private static String mapped(HttpServletRequest request) {
        String info = request.getPathInfo();
        return info == null ? request.getServletPath() : request.getServletPath() + info;
    }

    static boolean isUpgrade(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    /** The visit of a request; one without any check if the filter was not asked, as for error pages. */
    static Visit of(HttpServletRequest request, Admission admission, Callers callers) {
        Visit visit = (Visit) request.getAttribute(KEY);
        if (visit != null) {
            return visit;
        }
        RequestHead head = head(request, callers, callers.presented(request));
        return new Visit(head, null, admission.quota(head), "", null, null, null, null);
    }

    /** The visit of a request that the filter has let through. */
    static Visit of(HttpServletRequest request) {
        return (Visit) request.getAttribute(KEY);
    }

    private static RequestHead head(HttpServletRequest request, Callers callers, Presented presented) {
        List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
        return new RequestHead(
                request.getRemoteAddr(),
                request.isSecure(),
                forwarded.isEmpty() ? null : String.join(",", forwarded),
                request.getHeader("X-Forwarded-Proto"),
                request.getHeader("Host"),
                request.getHeader("Origin"),
                request.getHeader("Sec-Fetch-Site"),
                callers.ofServer(request),
                presented.forUs().orElse(null));
    }

    /** @throws ActorException if it is refused */
    Visit require() {
        if (refusal != null) {
            throw new ActorException(refusal);
        }
        return this;
    }

    interface Rest {
        void run() throws java.io.IOException, jakarta.servlet.ServletException;
    }

    /** Runs what may open a WebSocket. */
    void opening(Rest rest) throws java.io.IOException, jakarta.servlet.ServletException {
        OPENING.set(this);
        try {
            rest.run();
        } finally {
            OPENING.remove();
        }
    }

    /** A server may keep the request of a WebSocket until its end. */
    static void forget(HttpServletRequest request) {
        request.removeAttribute(KEY);
    }

    /** The visit that opens a WebSocket in this thread now. */
    static Visit opening() {
        return OPENING.get();
    }
}
