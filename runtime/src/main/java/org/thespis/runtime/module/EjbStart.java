package org.thespis.runtime.module;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Tells of an ejb-jar by the first of its EJBs that starts with it. Public, as the server makes it. */
@StartsWithModule
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class EjbStart {

    @Inject
    Modules modules;

    @PostConstruct
    void start(InvocationContext ejb) throws Exception {
        modules.starts(ejb.getTarget().getClass());
        ejb.proceed();
    }

    @PreDestroy
    void stop(InvocationContext ejb) throws Exception {
        modules.goes(ejb.getTarget().getClass());
        ejb.proceed();
    }
}
