package org.thespis.cluster.jgroups;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The key that shows that a node is of the cluster: a PKCS 12 file with the node's key, and certificates of whoever is let in.
 * Who has none of these is refused.
 */
public final class NodeKey {

    private static final String TYPE = "PKCS12";
    private static final String PROTOCOL = "TLSv1.3";

    private NodeKey() {}

    /**
     * Reads the file: what signs its certificates is trusted, and nothing else.
     *
     * @throws IOException if it cannot be read, is no such file, or has another password
     */
    public static SSLContext read(Path file, char[] password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(in, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(keys.getKeyManagers(), trusted(store).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the key of the node in " + file + " cannot be used", e);
        }
    }

    /** The certificate chains of keys are trusted, too: one file may do for all nodes. */
    private static TrustManagerFactory trusted(KeyStore store) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(TYPE);
        trusted.load(null, null);
        for (String alias : java.util.Collections.list(store.aliases())) {
            java.security.cert.Certificate[] chain = store.getCertificateChain(alias);
            java.security.cert.Certificate last = chain == null ? store.getCertificate(alias) : chain[chain.length - 1];
            trusted.setCertificateEntry(alias, last);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        return managers;
    }
}
