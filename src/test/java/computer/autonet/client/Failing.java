package computer.autonet.client;

import computer.autonet.v1.GatewayService;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A gateway in whose way a test stands. */
final class Failing {
    private Failing() {}

    /** Answers a call itself, or lets the real gateway do it. */
    interface Fault {
        Object call(String method, Object request, Real real) throws Throwable;
    }

    /** The real call. */
    interface Real {
        Object call() throws Throwable;
    }

    static GatewayService gateway(GatewayService real, Fault fault) {
        return (GatewayService) Proxy.newProxyInstance(
                Failing.class.getClassLoader(),
                new Class<?>[] {GatewayService.class},
                (proxy, method, arguments) -> fault.call(method.getName(), arguments[0], () -> {
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
