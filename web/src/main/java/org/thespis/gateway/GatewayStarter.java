package org.thespis.gateway;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import org.thespis.runtime.message.Caller;

/** Starts and stops the gateway with its WAR. */
@WebListener
public class GatewayStarter implements ServletContextListener {

    /** Segments of a low-level path at the most. */
    private static final int MAX_DEPTH = 16;

    @Inject
    GatewayServices gateway;

    private GatewayLife life;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        gateway.extension().requireHost();
        event.getServletContext().declareRoles(roles()); // of others Payara says that nobody has them
        ServerContainer container =
                (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
        StringBuilder path = new StringBuilder("/gateway/{target}");
        try {
            for (int i = 0; i <= MAX_DEPTH; i++) {
                path.append("/{p").append(i).append('}');
                container.addEndpoint(endpoint(path.toString()));
            }
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
        life = new GatewayLife(gateway);
    }

    private String[] roles() {
        return gateway.callers().roles().stream()
                .filter(role -> !role.isBlank() && !role.equals(Caller.ANY_USER))
                .toArray(String[]::new);
    }

    private ServerEndpointConfig endpoint(String path) {
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(LowLevelEndpoint.class, path)
                .subprotocols(List.of(Handshake.PROTOCOL))
                .configurator(new HandshakeConfigurator())
                .build();
        config.getUserProperties().put(LowLevelEndpoint.GATEWAY, gateway);
        return config;
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        life.stop();
    }
}
