package org.thespis.login;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.thespis.runtime.jndi.JndiSettings;

/** Who logs users in, and as whom this server asks; the table in {@code server-config/README.md} explains it. */
@ApplicationScoped
@Named("thespisLogin")
public class LoginSettings {

    /** Jakarta Security puts the address in, as the browser knows it. */
    private static final String BASE = "${baseURL}";

    private static final String HERE = BASE + CallbackServlet.PATH;

    private String provider;
    private String clientId;
    private String clientSecret;
    private String redirectUri;
    private String scopes;
    private String nameClaim;
    private String rolesClaim;

    @PostConstruct
    void read() {
        JndiSettings jndi = new JndiSettings();
        provider = provider(jndi.text("login-provider", ""));
        clientId = required(jndi.text("login-client-id", ""), "login-client-id");
        clientSecret = jndi.secret("login-client-secret");
        redirectUri = jndi.text("login-redirect-uri", HERE);
        scopes = jndi.text("login-scopes", "openid profile email");
        nameClaim = jndi.text("login-name-claim", "preferred_username");
        rolesClaim = jndi.text("login-roles-claim", "groups");
    }

    /** As {@code token-keys}. */
    static String provider(String value) {
        URI address = URI.create(required(value, "login-provider"));
        String host = String.valueOf(address.getHost());
        boolean isHere = host.equals("localhost") || host.equals("[::1]") || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
        if (!"https".equalsIgnoreCase(address.getScheme())
                && !("http".equalsIgnoreCase(address.getScheme()) && isHere)) {
            throw new IllegalArgumentException("thespis/login-provider must be https, or http on this machine:"
                    + " who can change what it says on the way can be anybody; was " + address);
        }
        return address.toString();
    }

    private static String required(String value, String name) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("thespis/" + name + " must be set where users log in");
        }
        return value.trim();
    }

    public String getProvider() {
        return provider;
    }

    public String getClientId() {
        return clientId;
    }

    public String getClientSecret() {
        return clientSecret;
    }

    public String getRedirectUri() {
        return redirectUri;
    }

    /** With one blank between them, as both servers take it. */
    public String getScopes() {
        return String.join(" ", scopes.trim().split("[,\\s]+"));
    }

    /** The first page of this server as the browser of a request knows it. */
    public String getHome(HttpServletRequest request) {
        URI callback = URI.create(redirectUri.replace(BASE, base(request)));
        return callback.resolve(request.getContextPath() + "/").toString();
    }

    private static String base(HttpServletRequest request) {
        String url = request.getRequestURL().toString();
        return url.substring(0, url.length() - request.getRequestURI().length()) + request.getContextPath();
    }

    public String getNameClaim() {
        return nameClaim;
    }

    public String getRolesClaim() {
        return rolesClaim;
    }
}
