package org.thespis.cluster.jgroups;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.MergeView;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.stack.DiagnosticsHandler;
import org.jgroups.util.UUID;
import org.thespis.cluster.Links;
import org.thespis.cluster.Members;

/** The lines of a node on JGroups: TCP with TLS, views by its group membership. Any thread. */
public final class JGroupsLinks implements Links {

    /** Of two parts of a cluster that was cut, the one that has gone further: the same on all nodes. */
    private static final Comparator<View> FURTHER = Comparator.comparingLong(
                    (View view) -> view.getViewId().getId())
            .thenComparingInt(View::size)
            .thenComparing(view -> name(view.getCreator()));

    private final LineBundler bundler = new LineBundler();
    private final JChannel channel;
    private final String cluster;
    private final Address self = UUID.randomUUID();
    private final Map<String, Address> addresses = new ConcurrentHashMap<>(); // of the members

    /** @throws IllegalStateException if the settings cannot be used */
    public JGroupsLinks(JGroupsSettings settings) {
        this.cluster = settings.cluster();
        try {
            channel = new JChannel(Stack.of(settings, bundler));
            channel.addAddressGenerator(() -> self);
            channel.setDiscardOwnMessages(true);
            DiagnosticsHandler diagnostics =
                    channel.getProtocolStack().getTransport().getDiagnosticsHandler();
            if (diagnostics != null) {
                diagnostics.setEnabled(false); // it would listen to anybody
            }
        } catch (Exception e) {
            throw new IllegalStateException("the lines of a cluster cannot be made", e);
        }
    }

    private static String name(Address address) {
        return ((UUID) address).toStringLong();
    }

    @Override
    public String self() {
        return name(self);
    }

    @Override
    public String address(String node) {
        Address member = addresses.get(node);
        Object address = member == null ? null : channel.down(new Event(Event.GET_PHYSICAL_ADDRESS, member));
        return address == null ? node : address.toString();
    }

    @Override
    public void start(Listener listener) {
        channel.setReceiver(new Receiver() {
            @Override
            public void viewAccepted(View view) {
                tell(listener, view);
            }

            @Override
            public void receive(Message message) {
                listener.received(
                        name(message.getSrc()),
                        java.util.Arrays.copyOfRange(
                                message.getArray(), message.getOffset(), message.getOffset() + message.getLength()));
            }
        });
        try {
            channel.connect(cluster);
        } catch (Exception e) {
            channel.close();
            throw new IllegalStateException("the cluster " + cluster + " cannot be joined", e);
        }
    }

    private void tell(Listener listener, View view) {
        List<Address> members = view.getMembers();
        members.forEach(member -> addresses.put(name(member), member));
        addresses.values().retainAll(members);
        listener.members(new Members(
                view.getViewId().getId(),
                members.stream().map(JGroupsLinks::name).toList(),
                continues(view),
                apart(view)));
    }

    /** Whether this node is of the part that goes on, where several come together again. */
    private boolean continues(View view) {
        return !(view instanceof MergeView merge)
                || merge.getSubgroups().stream().max(FURTHER).orElseThrow() == part(merge, self);
    }

    /** Those that were in another part: one may have been taken for dead by a part that it still counted itself to. */
    private Set<String> apart(View view) {
        if (!(view instanceof MergeView merge)) {
            return Set.of();
        }
        View mine = part(merge, self);
        return merge.getMembers().stream()
                .filter(member -> part(merge, member) != mine)
                .map(JGroupsLinks::name)
                .collect(Collectors.toSet());
    }

    /** The part that a node was in last; null for one that nobody has told of. */
    private static View part(MergeView merge, Address member) {
        return merge.getSubgroups().stream()
                .filter(part -> part.containsMember(member))
                .max(FURTHER)
                .orElse(null);
    }

    @Override
    public void send(String node, byte[] frame) throws InterruptedException {
        Address to = addresses.get(node);
        if (to == null) {
            return; // it has left
        }
        try {
            bundler.isLine();
            channel.send(new BytesMessage(to, frame));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a frame could not be sent to node " + node, e);
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
