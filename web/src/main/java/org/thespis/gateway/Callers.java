package org.thespis.gateway;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.thespis.api.UserException;
import org.thespis.api.spi.CallerRequest;
import org.thespis.api.spi.CallerResolver;
import org.thespis.api.spi.ResolvedCaller;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;

/**
 * Finds out who stands behind a request: of whom the resolvers of the application know, else of whom the server knows. Called
 * on the thread that serves the request, before anything of it waits.
 *
 * @param resolvers in the order in which they are asked
 * @param roles that actors ask for: of others nobody has to know
 */
record Callers(List<CallerResolver> resolvers, Set<String> roles) {

    private static final Logger LOG = System.getLogger(Callers.class.getName());
    private static final String BEARER = "Bearer ";

    /** Whom the server knows. */
    Caller ofServer(HttpServletRequest request) {
        Principal user = request.getUserPrincipal();
        return user == null
                ? Caller.ANONYMOUS
                : new Caller(
                        user.getName(),
                        roles.stream().filter(request::isUserInRole).collect(Collectors.toSet()));
    }

    /**
     * Whom a resolver knows; empty if none does.
     *
     * @throws ActorException {@code auth.unauthorized}, or what else is to be told
     */
    Optional<Caller> ofResolvers(HttpServletRequest request, String path, String remoteAddress) {
        CallerRequest asked = new Asked(request, path, remoteAddress);
        for (CallerResolver resolver : resolvers) {
            Optional<ResolvedCaller> known = ask(resolver, asked);
            if (known.isPresent()) {
                return known.map(this::caller);
            }
        }
        return Optional.empty();
    }

    private Caller caller(ResolvedCaller known) {
        return new Caller(
                known.name(), known.roles().stream().filter(roles::contains).collect(Collectors.toSet()));
    }

    private static Optional<ResolvedCaller> ask(CallerResolver resolver, CallerRequest request) {
        try {
            return Objects.requireNonNull(
                    resolver.resolve(request), "a resolver that knows nobody says so with empty()");
        } catch (UserException e) {
            LOG.log(Level.INFO, "a caller was refused: {0}: {1}", e.code(), e.getMessage());
            throw new ActorException(ActorError.unauthorized());
        } catch (Throwable e) { // the author's
            LOG.log(Level.ERROR, "it could not be found out who calls", e);
            throw new ActorException(ActorError.internal());
        }
    }

    /** A token that came with a request, or null. */
    static String token(HttpServletRequest request) {
        String header = request.getHeader("x-rivet-token");
        if (header != null) {
            return header;
        }
        return Handshake.protocols(Collections.list(request.getHeaders("Sec-WebSocket-Protocol"))).stream()
                .filter(protocol -> protocol.startsWith(Handshake.TOKEN))
                .map(protocol -> protocol.substring(Handshake.TOKEN.length()))
                .findFirst()
                .orElse(null);
    }

    private record Asked(HttpServletRequest request, String path, String remoteAddress) implements CallerRequest {

        @Override
        public List<String> headers(String name) {
            return Collections.list(request.getHeaders(name));
        }

        @Override
        public Optional<String> cookie(String name) {
            Cookie[] cookies = request.getCookies();
            return cookies == null
                    ? Optional.empty()
                    : Arrays.stream(cookies)
                            .filter(cookie -> cookie.getName().equals(name))
                            .map(Cookie::getValue)
                            .findFirst();
        }

        @Override
        public Optional<String> token() {
            String authorization = request.getHeader("Authorization");
            if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return Optional.of(authorization.substring(BEARER.length()).trim());
            }
            return Optional.ofNullable(Callers.token(request));
        }

        @Override
        public Optional<Principal> principal() {
            return Optional.ofNullable(request.getUserPrincipal());
        }
    }
}
