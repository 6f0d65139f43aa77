package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a server that keeps what it made, as Payara does. */
@Timeout(60)
class UpgradeRequestTest {

    private HttpUpgradeHandler kept;

    private final HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (p, m, a) -> {
                kept = (HttpUpgradeHandler) ((Class<?>) a[0]).getConstructor().newInstance();
                return kept;
            });

    /** As that of a WebSocket implementation. */
    public static final class Handler implements HttpUpgradeHandler {

        private String seen = "";

        @Override
        public void init(WebConnection connection) {
            seen += "init ";
        }

        @Override
        public void destroy() {
            seen += "destroy ";
        }
    }

    @Test
    void theHandlerIsBegunAndEndedOnce() throws Exception {
        Handler handler = new UpgradeRequest(request).upgrade(Handler.class);
        kept.init(null);
        kept.destroy();
        kept.destroy();
        assertThat(handler.seen).isEqualTo("init destroy ");
    }

    @Test
    void nobodyHoldsTheHandlerWhenItHasEnded() throws Exception {
        WeakReference<Handler> handler = new WeakReference<>(new UpgradeRequest(request).upgrade(Handler.class));
        kept.init(null);
        assertThat(handler.get()).isNotNull();
        kept.destroy();
        while (handler.get() != null) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(kept).isNotNull();
    }
}
