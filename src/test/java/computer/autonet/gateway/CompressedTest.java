package computer.autonet.gateway;

import static computer.autonet.gateway.Answers.await;
import static computer.autonet.gateway.Answers.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import computer.autonet.protocol.process.Code;
import computer.autonet.v1.GatewayService;
import computer.autonet.v1.GetNetworkRequest;
import computer.autonet.v1.GetNetworkResponse;
import computer.autonet.v1.SubmitRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GATE-08 for clients that compress what they send, as every gRPC library can. */
class CompressedTest {
    @TempDir
    static Path directory;

    private static LiveNode node;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() throws IOException {
        node = new LiveNode(directory);
        channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", node.binding.address().getPort())
                .usePlaintext()
                .build();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        node.close();
    }

    private static final MethodDescriptor.Marshaller<byte[]> AS_THEY_ARE = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private static CompletionStage<byte[]> call(String method, byte[] request) {
        var descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(GatewayService.name + "/" + method)
                .setRequestMarshaller(AS_THEY_ARE)
                .setResponseMarshaller(AS_THEY_ARE)
                .build();
        var answer = new CompletableFuture<byte[]>();
        var call = channel.newCall(descriptor, CallOptions.DEFAULT.withCompression("gzip"));
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(byte[] message) {
                        answer.complete(message);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        answer.completeExceptionally(status.asRuntimeException(trailers));
                    }
                },
                new Metadata());
        call.setMessageCompression(true);
        call.sendMessage(request);
        call.halfClose();
        call.request(2);
        return answer;
    }

    @Test
    void gate08ACompressedRequestIsAnsweredLikeAnyOther() throws InvalidProtocolBufferException {
        byte[] answer =
                await(call("GetNetwork", GetNetworkRequest.getDefaultInstance().toByteArray()));
        assertThat(GetNetworkResponse.parseFrom(answer).getNetworkId().toByteArray())
                .isEqualTo(Settlers.GENESIS.networkId().toArray());
    }

    @Test
    void gate08ACompressedMessageThatWouldGrowBeyondTheLimitIsNotUnpackedInMemory() {
        byte[] zeros = SubmitRequest.newBuilder()
                .setMessage(ByteString.copyFrom(new byte[32 << 20]))
                .build()
                .toByteArray();
        var no = refusal(call("Submit", zeros));
        assertThat(no.status()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(no.reason()).isEqualTo("TOO_LARGE");
        assertThat(no.detail()).isEqualTo("a message of the request has more than 1048576 bytes when it is unpacked");
    }

    @Test
    void gate08WhatSaysThatItIsCompressedAndIsNotIsMalformed() {
        var frames = new FrameGuard.Frames(FrameGuard.MAX_MESSAGE);
        frames.pass(org.apache.pekko.util.ByteString.fromArray(new byte[] {0, 0, 0, 0, 2, 7}));
        frames.pass(org.apache.pekko.util.ByteString.fromArray(new byte[] {7, 1, 0, 0, 0, 3, 1}));
        assertThatThrownBy(() -> frames.pass(org.apache.pekko.util.ByteString.fromArray(new byte[] {2, 3})))
                .isInstanceOfSatisfying(
                        Problem.class, no -> assertThat(no.reason()).isEqualTo(Code.MALFORMED.name()));
    }
}
