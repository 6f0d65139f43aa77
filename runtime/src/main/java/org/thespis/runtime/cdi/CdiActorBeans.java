package org.thespis.runtime.cdi;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorScoped;
import org.thespis.runtime.declaration.ActorBeans;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.AsCaller;
import org.thespis.runtime.declaration.Surroundings;
import org.thespis.runtime.module.Modules;

/** Makes actors as CDI beans, with injection and interceptors. */
public final class CdiActorBeans implements ActorBeans {

    private final ActorExtension extension;
    private final BeanManager beanManager;
    private final Modules modules;
    private final AsCaller asCaller;

    CdiActorBeans(ActorExtension extension, BeanManager beanManager, Modules modules, AsCaller asCaller) {
        this.extension = extension;
        this.beanManager = beanManager;
        this.modules = modules;
        this.asCaller = asCaller;
    }

    @Override
    public ActorBean create(ActorDefinition definition, ActorContext context) {
        ActorScopedContext.Beans beans = new ActorScopedContext.Beans(context, beanManager);
        ActorScopedContext.Beans outer = ActorScopedContext.enter(beans);
        try {
            Bean<?> bean = extension.bean(definition);
            beans.made(instance(bean), extension.isAlone(bean, beanManager));
            return beans;
        } catch (Throwable e) { // its helpers were made before it
            endHelpers(beans, e);
            throw e;
        } finally {
            ActorScopedContext.leave(beans, outer);
        }
    }

    @Override
    public Surroundings surroundings(ActorDefinition definition) {
        return modules.of(definition.type());
    }

    @Override
    public AsCaller asCaller() {
        return asCaller;
    }

    private static void endHelpers(ActorScopedContext.Beans beans, Throwable why) {
        try {
            beans.destroy();
        } catch (Throwable e) {
            why.addSuppressed(e);
        }
    }

    private <T> T instance(Bean<T> bean) {
        return beanManager.getContext(ActorScoped.class).get(bean, beanManager.createCreationalContext(bean));
    }
}
