package org.thespis.runtime.cdi;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorScoped;
import org.thespis.runtime.declaration.ActorBeans;
import org.thespis.runtime.declaration.ActorDefinition;

/** Makes actors as CDI beans, with injection and interceptors. */
public final class CdiActorBeans implements ActorBeans {

    private final ActorExtension extension;
    private final BeanManager beanManager;

    CdiActorBeans(ActorExtension extension, BeanManager beanManager) {
        this.extension = extension;
        this.beanManager = beanManager;
    }

    @Override
    public ActorBean create(ActorDefinition definition, ActorContext context) {
        ActorScopedContext.Beans beans = new ActorScopedContext.Beans(context);
        ActorScopedContext.Beans outer = ActorScopedContext.enter(beans);
        try {
            return new CdiBean(beans, instance(extension.bean(definition)));
        } finally {
            ActorScopedContext.leave(outer);
        }
    }

    /** The object itself, not the proxy: the runtime calls it only while its scope is active. */
    private <T> T instance(Bean<T> bean) {
        return beanManager.getContext(ActorScoped.class).get(bean, beanManager.createCreationalContext(bean));
    }

    private record CdiBean(ActorScopedContext.Beans beans, Object instance) implements ActorBean {

        @Override
        public Object enter() {
            return ActorScopedContext.enter(beans);
        }

        @Override
        public void leave(Object outer) {
            ActorScopedContext.leave((ActorScopedContext.Beans) outer);
        }

        @Override
        public void destroy() {
            beans.destroyAll();
        }
    }
}
