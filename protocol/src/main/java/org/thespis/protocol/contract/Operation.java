package org.thespis.protocol.contract;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a method of an interface calls.
 *
 * @param result {@code void} if nobody looks at it
 * @param isLater whether the method returns a stage
 * @param spreads whether its last parameter is an array of arguments
 */
public record Operation(String action, Type result, boolean isLater, boolean spreads) {

    /** @param resolved what the type variables of the interface stand for */
    public static Operation of(Method method, String action, boolean spreads, ResolvedTypes resolved) {
        boolean later = isStage(method.getReturnType());
        Type result = resolved.of(method.getGenericReturnType());
        return new Operation(action, later ? resolved.argument(result) : result, later, spreads);
    }

    private static boolean isStage(Class<?> type) {
        return type == CompletionStage.class || type == CompletableFuture.class;
    }

    /** Whether every object has a method like that one. */
    public static boolean isOfObject(Method method) {
        try {
            Object.class.getMethod(method.getName(), method.getParameterTypes());
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** The arguments of the method as those of the action. */
    public Object[] positional(Object[] arguments) {
        if (!spreads || arguments[arguments.length - 1] == null) {
            return arguments;
        }
        Object rest = arguments[arguments.length - 1];
        int before = arguments.length - 1;
        Object[] all = Arrays.copyOf(arguments, before + Array.getLength(rest));
        for (int i = before; i < all.length; i++) {
            all[i] = Array.get(rest, i - before);
        }
        return all;
    }
}
