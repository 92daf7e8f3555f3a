// SPDX-License-Identifier: GPL-3.0-or-later
//! Passes bytes on, message by message where it matters.
#include "tests/support/wireproxy.h"

#include <QtCore/QUrl>
#include <QtCore/QUrlQuery>
#include <QtCore/QtEndian>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tallystick {

namespace {

constexpr int pollMillis = 20;
constexpr qsizetype lengthBytes = 4;

/// The size of the message at the start of \a bytes, 0 while it is not complete. The length counts
/// itself but not the letter before it.
qsizetype messageSize(const QByteArray& bytes, bool hasLetter)
{
    const qsizetype before = hasLetter ? 1 : 0;
    if (bytes.size() < before + lengthBytes)
        return 0;
    const qsizetype size = before + qsizetype(qFromBigEndian<quint32>(bytes.data() + before));
    return bytes.size() < size ? 0 : size;
}

void sendAll(int socket, const QByteArray& bytes)
{
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        const ssize_t now =
            ::send(socket, bytes.data() + sent, std::size_t(bytes.size() - sent), MSG_NOSIGNAL);
        if (now <= 0)
            return;
        sent += now;
    }
}

/// False at the end of the stream.
bool receive(int socket, QByteArray& into)
{
    std::array<char, 16'384> buffer{};
    const ssize_t got = ::recv(socket, buffer.data(), buffer.size(), 0);
    if (got > 0)
        into.append(buffer.data(), got);
    return got > 0;
}

int connectTo(const Connection& server)
{
    const QUrlQuery query(QUrl(server.uri));
    const QByteArray path =
        QStringLiteral("%1/.s.PGSQL.%2")
            .arg(query.queryItemValue(QStringLiteral("host"), QUrl::FullyDecoded),
                 query.queryItemValue(QStringLiteral("port")))
            .toLocal8Bit();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= qsizetype(sizeof address.sun_path))
        qFatal("the server's socket has a name that is too long");
    std::memcpy(address.sun_path, path.constData(), std::size_t(path.size()));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        qFatal("the proxy cannot reach %s", path.constData());
    return socket;
}

} // namespace

WireProxy::WireProxy(const Connection& server, Loses loses,
                     std::function<bool(const QByteArray&)> isMeant)
    : m_target(server)
    , m_loses(loses)
    , m_isMeant(std::move(isMeant))
    , m_listener(::socket(AF_INET, SOCK_STREAM, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::listen(m_listener, 16) != 0 ||
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        qFatal("the proxy cannot listen");
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { work(); });
}

WireProxy::~WireProxy()
{
    m_isEnding = true;
    m_thread.join();
    ::close(m_listener);
}

Connection WireProxy::connection() const
{
    const QUrl target(m_target.uri);
    Connection through = m_target;
    through.uri =
        QStringLiteral("postgresql://%1@127.0.0.1:%2%3?sslmode=disable&gssencmode=disable")
            .arg(target.userName())
            .arg(m_port)
            .arg(target.path());
    return through;
}

void WireProxy::work()
{
    while (!m_isEnding) {
        std::vector<pollfd> polled{{m_listener, POLLIN, 0}};
        for (const auto& pair : m_pairs) {
            polled.push_back({pair->client, POLLIN, 0});
            polled.push_back({pair->server, POLLIN, 0});
        }
        if (::poll(polled.data(), polled.size(), pollMillis) <= 0)
            continue;
        for (std::size_t index = 0; index < m_pairs.size(); ++index) {
            Pair& pair = *m_pairs[index];
            if (polled[1 + 2 * index].revents != 0)
                readClient(pair);
            if (!pair.isOver && polled[2 + 2 * index].revents != 0)
                readServer(pair);
        }
        if (polled.front().revents != 0)
            acceptOne();
        std::erase_if(m_pairs, [](const auto& pair) {
            if (pair->isOver) {
                ::close(pair->server);
                ::close(pair->client);
            }
            return pair->isOver;
        });
    }
    for (const auto& pair : m_pairs) {
        ::close(pair->server);
        ::close(pair->client);
    }
}

void WireProxy::acceptOne()
{
    const int client = ::accept(m_listener, nullptr, nullptr);
    if (client < 0)
        return;
    if (m_hasStruck) {
        ::close(client);
        return;
    }
    m_pairs.push_back(
        std::make_unique<Pair>(Pair{.client = client, .server = connectTo(m_target)}));
}

void WireProxy::readClient(Pair& pair)
{
    if (!receive(pair.client, pair.fromClient)) {
        pair.isOver = true;
        return;
    }
    while (const qsizetype size = messageSize(pair.fromClient, pair.isStarted)) {
        const QByteArray message = pair.fromClient.left(size);
        pair.fromClient.remove(0, size);
        const bool isQuery = pair.isStarted && message.front() == 'Q';
        pair.isStarted = true;
        const QByteArray query =
            isQuery ? message.mid(1 + lengthBytes, size - lengthBytes - 2) : QByteArray();
        if (isQuery && !m_hasStruck && m_isMeant(query))
            strike(pair);
        if (pair.isOver)
            return;
        sendAll(pair.server, message);
    }
}

void WireProxy::strike(Pair& pair)
{
    m_hasStruck = true;
    if (m_loses == Loses::Request)
        pair.isOver = true;
    else
        pair.losesReply = true;
}

void WireProxy::readServer(Pair& pair)
{
    QByteArray got;
    if (!receive(pair.server, got)) {
        pair.isOver = true;
        return;
    }
    if (!pair.losesReply) {
        sendAll(pair.client, got);
        return;
    }
    // Only when the server is ready for another query has it done this one, commit included.
    pair.fromServer += got;
    while (const qsizetype size = messageSize(pair.fromServer, true)) {
        pair.isOver = pair.isOver || pair.fromServer.front() == 'Z';
        pair.fromServer.remove(0, size);
    }
}

} // namespace tallystick
