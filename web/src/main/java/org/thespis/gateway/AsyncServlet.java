package org.thespis.gateway;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.thespis.runtime.message.ActorException;

/** A servlet whose requests are exchanges: nothing in it reads or writes itself. */
abstract class AsyncServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient GatewayServices gateway;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        HttpExchange exchange = HttpExchange.begin(gateway, request, response);
        try {
            handle(
                    exchange,
                    Visit.of(request, gateway.admission(), gateway.callers()).require());
        } catch (ActorException e) {
            exchange.refuse(e.error());
        }
    }

    /**
     * Decides what is done with a request. Sees its head; may block for the store, not for the client.
     *
     * @throws ActorException why it is refused
     */
    abstract void handle(HttpExchange exchange, Visit visit);
}
