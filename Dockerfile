# The bot as an image: docker build --tag twitchcheck .
# It has learned when it is built, so that a container answers within seconds and needs to write
# nothing but /data, where SQLite keeps what DATABASE_URL does not send elsewhere.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv --without-pip /venv && pip --python /venv/bin/python install --no-cache-dir --require-hashes -r requirements.txt
COPY faq.yaml ./
COPY bot ./bot
COPY intents ./intents
RUN /venv/bin/python -m compileall -q bot intents
RUN XDG_CACHE_HOME=/learned /venv/bin/python -m intents fit

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home bot && install -d -o bot /data
COPY --from=build /venv /venv
COPY --from=build /app /app
# What was learned is readable to its owner alone.
COPY --from=build --chown=bot /learned /learned
ENV XDG_CACHE_HOME=/learned DATABASE_URL=sqlite:////data/bot.db PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 OPENBLAS_NUM_THREADS=1
WORKDIR /app
USER bot
VOLUME /data
EXPOSE 8080
# With WEBHOOK_URL it serves a webhook on PORT and can be asked; without, it polls.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["/venv/bin/python", "-m", "bot", "health"]
ENTRYPOINT ["/venv/bin/python", "-m", "bot"]
CMD ["run"]
