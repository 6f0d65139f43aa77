package org.thespis.runtime.declaration;

import java.lang.annotation.Annotation;
import org.thespis.api.CreateConnectionState;
import org.thespis.api.OnBeforeActionResponse;
import org.thespis.api.OnBeforeConnect;
import org.thespis.api.OnConnect;
import org.thespis.api.OnCreate;
import org.thespis.api.OnDestroy;
import org.thespis.api.OnDisconnect;
import org.thespis.api.OnRequest;
import org.thespis.api.OnSleep;
import org.thespis.api.OnStateChange;
import org.thespis.api.OnWake;
import org.thespis.api.OnWebSocket;

/** The methods that an actor may have one of each. */
public enum Hook {
    CREATE(OnCreate.class),
    WAKE(OnWake.class),
    SLEEP(OnSleep.class),
    STATE_CHANGE(OnStateChange.class),
    DESTROY(OnDestroy.class),
    BEFORE_CONNECT(OnBeforeConnect.class),
    CONNECTION_STATE(CreateConnectionState.class),
    CONNECT(OnConnect.class),
    DISCONNECT(OnDisconnect.class),
    BEFORE_ACTION_RESPONSE(OnBeforeActionResponse.class),
    WEB_SOCKET(OnWebSocket.class),
    REQUEST(OnRequest.class);

    private final Class<? extends Annotation> annotation;

    Hook(Class<? extends Annotation> annotation) {
        this.annotation = annotation;
    }

    Class<? extends Annotation> annotation() {
        return annotation;
    }
}
