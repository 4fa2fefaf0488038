package dev.acm2.standalone;

import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/// Starts a service as a Spring context beside others in one JVM.
final class ServiceContext {

  private static final int EVENT_LOOPS = 2;

  private ServiceContext() {}

  static ConfigurableApplicationContext start(Service service, List<String> arguments) {
    SpringApplication application = service.application();
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    // The order of the stop is decided here; hooks of their own would stop all contexts at once.
    application.setRegisterShutdownHook(false);
    application.addInitializers(context ->
      context.getBeanFactory().addBeanPostProcessor(new OwnEventLoops(service))
    );
    return application.run(arguments.toArray(String[]::new));
  }

  /// Event loops are global to a JVM by default, and the first context that closes ends them for all.
  private record OwnEventLoops(Service service) implements BeanPostProcessor {
    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
      if (bean instanceof ReactorResourceFactory factory) {
        factory.setUseGlobalResources(false);
        factory.setLoopResourcesSupplier(() ->
          LoopResources.create(service.label(), EVENT_LOOPS, true)
        );
        // The web server has let its connections end already; nothing new comes after that.
        factory.setShutdownQuietPeriod(Duration.ZERO);
        factory.setShutdownTimeout(Duration.ofSeconds(1));
      }
      return bean;
    }
  }
}
