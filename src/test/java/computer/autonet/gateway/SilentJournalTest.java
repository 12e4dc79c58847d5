package computer.autonet.gateway;

import static computer.autonet.gateway.Answers.await;
import static computer.autonet.gateway.Answers.refusal;
import static computer.autonet.gateway.Settlers.ADA;
import static computer.autonet.gateway.Settlers.BOB;
import static computer.autonet.gateway.Settlers.account;
import static computer.autonet.gateway.Settlers.sign;
import static computer.autonet.gateway.Settlers.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import computer.autonet.adapter.journal.EmbeddedJournal;
import computer.autonet.codec.Ids;
import computer.autonet.v1.GetAccountRequest;
import computer.autonet.v1.ListProcessesRequest;
import computer.autonet.v1.ReadEntriesRequest;
import computer.autonet.v1.SubmitRequest;
import computer.autonet.v1.WatchRequest;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GATE-05, NODE-04: what a stranger hears from a node that has lost its journal. */
class SilentJournalTest {
    @TempDir
    Path directory;

    private static List<CompletionStage<?>> reads(LiveNode node) {
        var process = Ids.toProto(account(ADA));
        return List.of(
                node.client
                        .readEntries(ReadEntriesRequest.newBuilder()
                                .setProcess(process)
                                .build())
                        .runWith(Sink.seq(), node.system),
                node.client
                        .watch(WatchRequest.newBuilder().setProcess(process).build())
                        .runWith(Sink.seq(), node.system),
                node.client
                        .listProcesses(ListProcessesRequest.getDefaultInstance())
                        .runWith(Sink.seq(), node.system));
    }

    @Test
    void gate05AndNode04WhileTheJournalIsKnownNotToAnswerNobodyWaitsForIt() throws IOException {
        try (LiveNode node = new LiveNode(directory)) {
            var submit = SubmitRequest.newBuilder()
                    .setMessage(Ids.bytes(sign(ADA, account(ADA), transfer(BOB, "1"), 1, node.clock.millis() + 60_000)))
                    .build();
            var ask = GetAccountRequest.newBuilder()
                    .setOwner(Ids.bytes(ADA.identity().address()))
                    .build();
            node.journalAnswers.set(false);
            List<CompletionStage<?>> calls = new ArrayList<>(reads(node));
            calls.add(node.client.submit(submit));
            calls.add(node.client.getAccount(ask));
            for (CompletionStage<?> call : calls) {
                var no = refusal(call);
                assertThat(no.status()).isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(no.detail()).isEqualTo("the journal of this node does not answer");
                assertThat(no.remedy()).contains("see that the node's database runs", "ask another node");
            }
            node.journalAnswers.set(true);
            assertThat(await(node.client.submit(submit)).getReceipt().getSlot()).isZero();
            assertThat(await(node.client.getAccount(ask)).getHead().getNextSlot())
                    .isPositive();
        }
    }

    @Test
    void gate05AReadThatTheJournalBreaksOffIsUnavailableAndNoIncident() throws IOException {
        try (LiveNode node = new LiveNode(directory)) {
            EmbeddedJournal.open(node.system).close();
            for (CompletionStage<?> read : reads(node)) {
                var no = refusal(read);
                assertThat(no.status()).isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(no.reason()).isEqualTo("UNAVAILABLE");
                assertThat(no.remedy()).startsWith("repeat the same request");
            }
        }
    }
}
