package org.thespis.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.thespis.cluster.wire.Message;

/**
 * Who of a view is to have no actors: who is about to leave, or all where this part of the cluster is not to serve. One of the
 * nodes, the first by name, says so to all, in order: each of its words makes a placement with a number of its own, as a view
 * does. Any thread.
 */
final class Departures {

    /** Placements of one view have numbers below this. */
    static final int MAX_NUMBERS = 1 << 16;

    private final String self;
    private Members view; // as it was told; guarded by this
    private int number; // of the present placement; guarded by this
    private int said; // the last number that this node gave; guarded by this
    private Set<String> leaving = Set.of(); // guarded by this
    private Message.Placed early; // of a view that this node has not come to; guarded by this
    private String earlyFrom; // who said that; guarded by this
    private boolean wanted; // this node is to leave; guarded by this

    Departures(String self) {
        this.self = self;
    }

    /** The epoch of a placement. */
    static long epoch(long view, int number) {
        return view * MAX_NUMBERS + number;
    }

    private Members placed() {
        boolean first = number == 0;
        return new Members(
                epoch(view.epoch(), number),
                view.nodes(),
                !first || view.continues(),
                leaving,
                first ? view.apart() : Set.of());
    }

    /** A view has come; what this node is to come to, one after the other. */
    synchronized List<Members> comes(Members next) {
        view = next;
        number = 0;
        said = 0;
        leaving = Set.of();
        List<Members> all = new ArrayList<>(List.of(placed()));
        Message.Placed waits = early;
        if (waits != null && waits.view() <= next.epoch()) { // else it waits on
            early = null;
            placed(earlyFrom, waits).ifPresent(all::add);
        }
        return all;
    }

    /** The one that places has spoken; what this node is to come to, if anything. */
    synchronized Optional<Members> placed(String from, Message.Placed placed) {
        boolean ahead = view == null || placed.view() > view.epoch();
        if (ahead) {
            keep(from, placed);
            return Optional.empty();
        }
        return from.equals(view.placer()) ? placed(placed) : Optional.empty();
    }

    /** The last word has all that is in those before; each view has a node of its own that says them. */
    private void keep(String from, Message.Placed placed) {
        boolean later = early == null
                || placed.view() > early.view()
                || placed.view() == early.view() && placed.number() > early.number();
        if (later) {
            early = placed;
            earlyFrom = from;
        }
    }

    private Optional<Members> placed(Message.Placed placed) {
        boolean isNews = placed.view() == view.epoch() && placed.number() > number && placed.number() < MAX_NUMBERS;
        if (!isNews || !view.nodes().containsAll(placed.leaving())) {
            return Optional.empty();
        }
        number = placed.number();
        leaving = Set.copyOf(placed.leaving());
        return Optional.of(placed());
    }

    /** A node wants to leave: what all are to be told, if it is for this node to say, and somebody stays. */
    synchronized Optional<Message.Placed> asked(String node, long ofView) {
        boolean mine = view != null && ofView == view.epoch() && isPlacer();
        Set<String> all = new TreeSet<>(leaving);
        if (!mine || said > number || !view.nodes().contains(node) || !all.add(node)) {
            return Optional.empty(); // it asks again
        }
        return all.size() >= view.nodes().size() ? Optional.empty() : say(all);
    }

    private boolean isPlacer() {
        return view.placer().equals(self);
    }

    private Optional<Message.Placed> say(Set<String> all) {
        if (said + 1 >= MAX_NUMBERS) {
            return Optional.empty();
        }
        said++;
        return Optional.of(new Message.Placed(view.epoch(), said, List.copyOf(all)));
    }

    /** This part of the cluster is to serve, or not: what all are to be told, if it is for this node to say, and news. */
    synchronized Optional<Message.Placed> serve(boolean serves) {
        boolean news = view != null && isPlacer() && said == number && serves != isServing();
        if (!news) {
            return Optional.empty();
        }
        return say(serves ? Set.of() : Set.copyOf(view.nodes()));
    }

    /** Whether this node has actors, or is to have some soon. */
    synchronized boolean isStaying() {
        return view != null && !wanted && !leaving.contains(self);
    }

    /** Whether somebody in this part has actors. */
    synchronized boolean isServing() {
        return view != null && leaving.size() < view.nodes().size();
    }

    /** Who is about to leave in order; nobody of a part that is not to serve, in which all are without actors. */
    synchronized Set<String> leaving() {
        return isServing() ? leaving : Set.of();
    }

    synchronized void want() {
        wanted = true;
    }

    /** Whether nobody is there to take actors over. */
    synchronized boolean isAlone() {
        return view == null || view.nodes().size() == 1;
    }

    /** What this node has to ask for, again and again until it is done, and whom. */
    record Request(String placer, Message.Leaving message) {}

    synchronized Optional<Request> request() {
        boolean needed = wanted && view != null && view.nodes().size() > 1 && !leaving.contains(self);
        return needed ? Optional.of(new Request(view.placer(), new Message.Leaving(view.epoch()))) : Optional.empty();
    }
}
