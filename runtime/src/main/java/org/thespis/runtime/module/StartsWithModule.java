package org.thespis.runtime.module;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Stands on the EJBs that start with their module: {@link Modules} puts it there. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface StartsWithModule {

    /** The annotation. */
    final class Literal extends AnnotationLiteral<StartsWithModule> implements StartsWithModule {
        private static final long serialVersionUID = 1L;
    }
}
