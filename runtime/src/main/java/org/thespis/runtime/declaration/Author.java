package org.thespis.runtime.declaration;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.thespis.api.ActorContext;
import org.thespis.api.Connection;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.declaration.ActorBeans.ActorBean;
import org.thespis.runtime.document.Verification;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;

/** The author's side of one live actor: its bean, and how its methods are called. Used in turns. */
public final class Author {

    private final ActorDefinition definition;
    private final Values values;
    private final Verification verification;
    private final ActorContext context;
    private final Object owner;
    private ActorBean bean;
    private Object outer;

    /** @param owner names the actor in the log */
    public Author(
            ActorDefinition definition, Values values, Verification verification, ActorContext context, Object owner) {
        this.definition = definition;
        this.values = values;
        this.verification = verification;
        this.context = context;
        this.owner = owner;
    }

    /** The id of the actor. */
    public String id() {
        return context.id();
    }

    /** Names the actor in an error. */
    public Output.Origin origin() {
        return new Output.Origin(context.id(), context.key().toString());
    }

    public ActorContext context() {
        return context;
    }

    public ActorDefinition definition() {
        return definition;
    }

    public Values values() {
        return values;
    }

    /** Makes the bean, and its scope that of the thread. */
    public void make(ActorBeans beans) {
        bean = beans.create(definition, context);
        enter();
    }

    /** Makes the scope of the bean that of the thread. Without effect before there is a bean. */
    public void enter() {
        if (bean != null) {
            outer = bean.enter();
        }
    }

    public void leave() {
        if (bean != null) {
            bean.leave(outer);
            outer = null;
        }
    }

    /** Ends the bean, if it was made. */
    public void end() {
        if (bean != null) {
            try {
                bean.destroy();
            } catch (Throwable e) {
                Failures.log(e, "ending the bean of " + owner);
            }
        }
    }

    /** Calls a method with plain arguments. See {@link Invoker#invokePlain}. */
    public Object call(Invoker method, Connection connection, List<Object> plainArguments) throws Throwable {
        return method.invokePlain(bean.instance(), context, connection, plainArguments, values);
    }

    /** Calls a method with values of its own types in the places of its arguments. */
    public Object callWith(Invoker method, Connection connection, Object... given) throws Throwable {
        return method.invokeWith(bean.instance(), context, connection, given);
    }

    /** Calls a hook with plain arguments; null if the actor has none of that kind. */
    public Object hook(Hook hook, Connection connection, List<Object> plainArguments) throws Throwable {
        Invoker method = definition.hook(hook);
        return method == null ? null : call(method, connection, plainArguments);
    }

    /** Calls a hook without arguments that cannot refuse anything. */
    public void hookOrLog(Hook hook, Connection connection) {
        try {
            hook(hook, connection, List.of());
        } catch (Throwable e) {
            Failures.log(e, hook + " of " + owner);
        }
    }

    /** What a client learns of an exception; the log learns the rest. */
    public ActorError failure(Throwable thrown, String what) {
        return Failures.error(thrown, what + " of " + owner, definition.type(), values);
    }

    /** Says in the log that something of the author's failed. */
    public void log(Throwable thrown, String what) {
        Failures.log(thrown, what + " of " + owner);
    }

    /** A copy of arguments as they are now. */
    @SuppressWarnings("unchecked")
    public List<Object> plainList(Object... arguments) {
        return arguments == null
                ? Collections.singletonList(null)
                : (List<Object>) values.plain(Arrays.asList(arguments));
    }

    /** The state as it is now. */
    public byte[] write(List<DocumentPart> parts) {
        return definition.state().write(bean.instance(), parts, values, verification);
    }

    /** Sets the fields from a document, and those parts. */
    public void read(byte[] document, List<DocumentPart> parts) {
        definition.state().read(document, bean.instance(), parts, values);
    }

    @Override
    public String toString() {
        return owner.toString();
    }
}
