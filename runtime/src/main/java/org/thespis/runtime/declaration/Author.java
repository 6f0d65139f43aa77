package org.thespis.runtime.declaration;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.thespis.api.ActorContext;
import org.thespis.api.Connection;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.declaration.ActorBeans.ActorBean;
import org.thespis.runtime.document.Verification;
import org.thespis.runtime.entry.CollectionsOwner;
import org.thespis.runtime.entry.DurableCollections;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.UnwritableStateException;
import org.thespis.runtime.turn.Services;

/** The author's side of one live actor: its bean, and how its methods are called. Used in turns. */
public final class Author {

    private final Supplier<ActorDefinition> definition;
    private final Services services;
    private final ActorContext context;
    private final CollectionsOwner owner;
    private ActorBean bean;
    private AsCaller asCaller = AsCaller.NOBODY_ASKS;
    private Object outer;
    private Written written; // null if the fields were set since
    private int length; // of the document that was read last, or of the fields that were written last
    private boolean touched = true;
    private boolean hasOnlyRead;
    private volatile RunningHook running; // null most of the time

    /**
     * @param definition what counts now
     * @param owner the actor; names it in the log, too
     */
    public Author(
            Supplier<ActorDefinition> definition, Services services, CollectionsOwner owner, ActorContext context) {
        this.definition = definition;
        this.services = services;
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
        return definition.get();
    }

    public Values values() {
        return services.values();
    }

    private Verification verification() {
        return services.verification();
    }

    /** Makes the bean, and its scope that of the thread. */
    public void make(ActorBeans beans) throws Throwable {
        asCaller = beans.asCaller();
        bean = (ActorBean) asCaller.call(() -> beans.create(definition(), context));
        if (!definition().state().collections().isEmpty()) {
            owner.needCollections().bind(bean.instance(), definition().state().collections());
        }
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
                run(bean::destroy);
            } catch (Throwable e) {
                Failures.log(services.log(), e, "ending the bean of " + owner);
            }
        }
    }

    /** Calls a method with plain arguments. See {@link Invoker#invokePlain}. */
    public Object call(Invoker method, Connection connection, List<Object> plainArguments) throws Throwable {
        touched = true;
        return asCaller.call(() -> method.invokePlain(bean.instance(), context, connection, plainArguments, values()));
    }

    /** The same for a method that changes no state. */
    public Object callToRead(Invoker method, Connection connection, List<Object> plainArguments) throws Throwable {
        hasOnlyRead = true;
        return asCaller.call(() -> method.invokePlain(bean.instance(), context, connection, plainArguments, values()));
    }

    /** Calls a method that changes no state with values() of its own types in the places of its arguments. */
    public Object callWith(Invoker method, Connection connection, Object... given) throws Throwable {
        hasOnlyRead = true;
        return asCaller.call(() -> method.invokeWith(bean.instance(), context, connection, given));
    }

    /** Runs a task of the author's. */
    public void run(Runnable task) throws Throwable {
        asCaller.call(() -> {
            task.run();
            return null;
        });
    }

    /** Calls a hook with plain arguments; null if the actor has none of that kind. */
    public Object hook(Hook hook, Connection connection, List<Object> plainArguments) throws Throwable {
        Invoker method = definition().hook(hook);
        if (method == null) {
            return null;
        }
        if (hook == Hook.CREATE) { // which has a time limit of its own
            return call(method, connection, plainArguments);
        }
        RunningHook outer = begin(hook.toString());
        try {
            return call(method, connection, plainArguments);
        } finally {
            running = outer;
        }
    }

    private RunningHook begin(String what) {
        RunningHook outer = running;
        running = new RunningHook(what, services.time().nanoTime());
        return outer;
    }

    /** Whether a client may subscribe to an event. */
    public boolean maySubscribe(Connection connection, String event) throws Throwable {
        Invoker method = definition().canSubscribe(event);
        if (method == null) {
            return true;
        }
        RunningHook outer = begin("@CanSubscribe(\"" + event + "\")");
        try {
            return (boolean) callToRead(method, connection, List.of(event));
        } finally {
            running = outer;
        }
    }

    /** Whether a hook runs that takes longer than it may; the log is told once where it is. Called by the timer. */
    public boolean isHeldUp(long nowNanos) {
        RunningHook now = running;
        return now != null
                && now.isOverdue(nowNanos, services.settings().hooks().hook(), owner, services.log());
    }

    /** Calls a hook without arguments that cannot refuse anything. */
    public void hookOrLog(Hook hook, Connection connection) {
        try {
            hook(hook, connection, List.of());
        } catch (Throwable e) {
            Failures.log(services.log(), e, hook + " of " + owner);
        }
    }

    /** What a client learns of an exception; the log learns the rest. */
    public ActorError failure(Throwable thrown, String what) {
        return Failures.error(
                services.log(), thrown, what + " of " + owner, definition().type(), values());
    }

    /** Says in the log that something of the author's failed. */
    public void log(Throwable thrown, String what) {
        Failures.log(services.log(), thrown, what + " of " + owner);
    }

    /** Says in the log, where somebody wants to know so much, what became of the actor. */
    public void tell(String what) {
        services.log().log(Level.DEBUG, "{0} {1}", owner, what);
    }

    /** How long {@link #isHeldUp} cannot become true; {@code Long.MAX_VALUE} if no hook runs. Any thread. */
    public long hookIdleNanos(long nowNanos) {
        RunningHook now = running;
        return now == null
                ? Long.MAX_VALUE
                : now.leftNanos(nowNanos, services.settings().hooks().hook());
    }

    /** A copy of arguments as they are now. */
    @SuppressWarnings("unchecked")
    public List<Object> plainList(Object... arguments) {
        return arguments == null
                ? Collections.singletonList(null)
                : (List<Object>) values().plain(Arrays.asList(arguments));
    }

    /** Whether a method has been called, since the state was last written, that may have changed it. */
    public boolean isTouched() {
        return touched;
    }

    /**
     * The state as it is now; the same array as before if it has not changed.
     *
     * @throws UnwritableStateException if it could not come back, or is too long
     */
    public byte[] write(List<DocumentPart> parts) {
        requireCollections();
        written = definition().state().write(bean.instance(), parts, values(), verification(), written, limit());
        length = written.fieldsEnd() + StateFields.ENDS;
        touched = false;
        hasOnlyRead = false;
        return written.bytes();
    }

    /**
     * The same where only the parts may have changed since.
     *
     * @throws UnwritableStateException also, if all that is written is verified, if the fields have changed
     */
    public byte[] writeParts(List<DocumentPart> parts) {
        if (touched || written == null || definition().state().isEmpty()) {
            return write(parts);
        }
        if (hasOnlyRead && verification().isOfAll()) {
            requireUnchanged(parts);
        }
        hasOnlyRead = false;
        written = definition().state().writeParts(parts, values(), written, limit());
        return written.bytes();
    }

    /** Whether the fields that were written last are others than those of a document before. */
    public boolean hasOtherFields(byte[] before) {
        int end = written.fieldsEnd();
        return !definition().state().isEmpty()
                && (before.length <= end
                        || before[end] != '}'
                        || !Arrays.equals(before, 0, end, written.bytes(), 0, end));
    }

    private void requireCollections() {
        DurableCollections collections = owner.collections();
        String strange = collections == null ? null : collections.strange(bean.instance());
        if (strange != null) {
            throw UnwritableStateException.of(
                    strange, new IllegalStateException("it holds another object than the runtime put there"));
        }
    }

    /** What is larger already may become smaller. */
    private int limit() {
        return Math.max(services.settings().state().maxBytes(), length);
    }

    private void requireUnchanged(List<DocumentPart> parts) {
        Written now = definition().state().write(bean.instance(), parts, values(), verification(), written, limit());
        String changed = definition().state().changed(written, now);
        if (changed != null) {
            throw UnwritableStateException.readOnly(changed);
        }
    }

    /** Sets the fields from a document, and those parts. */
    public void read(byte[] document, List<DocumentPart> parts) {
        written = null;
        length = document.length;
        definition().state().read(document, bean.instance(), parts, values(), owner);
    }

    @Override
    public String toString() {
        return owner.toString();
    }
}
