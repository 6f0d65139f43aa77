package org.thespis.runtime.message;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thespis.api.ConnectionRequest;

/**
 * A request in one array, as each connection keeps one for all its life and few are ever asked for: half of what maps of texts
 * would take. Read anew by who asks. Data only. Any thread.
 */
public final class PackedRequest implements ConnectionRequest {

    /** Query parameters and header fields, each line for itself. */
    public static final int MAX_FIELDS = 200;

    private static final String COOKIE = "cookie";
    private static final String LANGUAGE = "accept-language";

    private final byte[] packed; // path, address, query, headers; each of these two a count, then names and values

    private PackedRequest(byte[] packed) {
        this.packed = packed;
    }

    /**
     * Packs a request.
     *
     * @param headers by names in small letters
     * @return empty if it has more than {@link #MAX_FIELDS} fields, or more than so many bytes packed
     */
    public static Optional<PackedRequest> of(
            String path,
            String remoteAddress,
            Map<String, List<String>> query,
            Map<String, List<String>> headers,
            int maxBytes) {
        if (count(query) + count(headers) > MAX_FIELDS) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeUTF(path);
            out.writeUTF(remoteAddress);
            write(query, out);
            write(headers, out);
        } catch (UTFDataFormatException e) { // a text of more than 65,535 bytes
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array has no end
        }
        return bytes.size() > maxBytes ? Optional.empty() : Optional.of(new PackedRequest(bytes.toByteArray()));
    }

    private static int count(Map<String, List<String>> fields) {
        return fields.values().stream().mapToInt(List::size).sum();
    }

    private static void write(Map<String, List<String>> fields, DataOutputStream out) throws IOException {
        out.writeShort(count(fields));
        for (Map.Entry<String, List<String>> field : fields.entrySet()) {
            for (String value : field.getValue()) {
                out.writeUTF(field.getKey());
                out.writeUTF(value);
            }
        }
    }

    /**
     * Reads what {@link #toBytes} gave, maybe on another node.
     *
     * @return empty if that is no packed request
     */
    public static Optional<PackedRequest> fromBytes(byte[] packed) {
        PackedRequest request = new PackedRequest(packed.clone());
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(request.packed));
            in.readUTF();
            in.readUTF();
            boolean few = count(read(in)) + count(read(in)) <= MAX_FIELDS;
            return few && in.read() < 0 ? Optional.of(request) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** In one form on all nodes. */
    public byte[] toBytes() {
        return packed.clone();
    }

    /** The bytes that it takes, nearly. */
    public int length() {
        return packed.length;
    }

    private record Unpacked(
            String path, String address, Map<String, List<String>> query, Map<String, List<String>> headers) {}

    private Unpacked unpack() {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed));
            return new Unpacked(in.readUTF(), in.readUTF(), read(in), read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it was written above
        }
    }

    private static Map<String, List<String>> read(DataInputStream in) throws IOException {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            fields.computeIfAbsent(in.readUTF(), name -> new ArrayList<>(1)).add(in.readUTF());
        }
        fields.replaceAll((name, values) -> List.copyOf(values));
        return Collections.unmodifiableMap(fields);
    }

    @Override
    public String path() {
        return unpack().path;
    }

    @Override
    public Map<String, List<String>> query() {
        return unpack().query;
    }

    @Override
    public Map<String, List<String>> headers() {
        return unpack().headers;
    }

    @Override
    public List<String> headers(String name) {
        return headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public Map<String, String> cookies() {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String line : headers(COOKIE)) {
            for (String pair : line.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    cookies.putIfAbsent(
                            pair.substring(0, equals).trim(),
                            unquoted(pair.substring(equals + 1).trim()));
                }
            }
        }
        return Collections.unmodifiableMap(cookies);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    @Override
    public String remoteAddress() {
        return unpack().address;
    }

    @Override
    public Optional<Locale> locale() {
        Locale best = null;
        double weight = 0;
        for (String line : headers(LANGUAGE)) {
            for (String range : line.split(",")) {
                int semicolon = range.indexOf(';');
                String tag = (semicolon < 0 ? range : range.substring(0, semicolon)).trim();
                double weighed = semicolon < 0 ? 1 : weight(range.substring(semicolon + 1));
                Locale locale = Locale.forLanguageTag(tag); // the root for what is no language
                if (weighed > weight && !locale.getLanguage().isEmpty()) {
                    best = locale;
                    weight = weighed;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Of {@code q=0.5}; 0, as for what is not wanted, if it cannot be read. */
    private static double weight(String parameter) {
        String trimmed = parameter.trim();
        try {
            double weight = trimmed.startsWith("q=") ? Double.parseDouble(trimmed.substring(2)) : 0;
            return weight <= 1 ? weight : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Without what the client said: texts go into logs. */
    @Override
    public String toString() {
        return "a request of " + packed.length + " bytes";
    }
}
