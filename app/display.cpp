// SPDX-License-Identifier: GPL-3.0-or-later
//! Tries the displays that the environment names.
#include "app/display.h"

#include <QtCore/QFile>
#include <QtCore/QLibrary>
#include <QtCore/QStringList>

#include <chrono>
#include <cstring>
#include <future>
#include <memory>
#include <thread>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tallystick {

namespace {

constexpr std::chrono::seconds patience{3};

/// Connects as Qt's plugin will: by libxcb, which knows every form of a name and what the display
/// wants for permission. It is loaded, not linked, as the plugin brings it where it is there.
bool doesX11Answer(const QByteArray& name)
{
    struct Xcb; // xcb_connection_t
    QLibrary library(QStringLiteral("xcb"), 1);
    const auto connectTo =
        reinterpret_cast<Xcb* (*)(const char*, int*)>(library.resolve("xcb_connect"));
    const auto errorOf =
        reinterpret_cast<int (*)(Xcb*)>(library.resolve("xcb_connection_has_error"));
    const auto disconnect = reinterpret_cast<void (*)(Xcb*)>(library.resolve("xcb_disconnect"));
    if (!connectTo || !errorOf || !disconnect)
        return false;
    Xcb* const connection = connectTo(name.constData(), nullptr);
    const bool isSound = errorOf(connection) == 0;
    disconnect(connection);
    return isSound;
}

/// The same within some seconds: a host that swallows packets keeps a connect for minutes.
bool isX11Reachable(const QByteArray& name)
{
    const auto answer = std::make_shared<std::promise<bool>>();
    std::future<bool> answered = answer->get_future();
    std::thread asking([answer, name] { answer->set_value(doesX11Answer(name)); });
    const bool isAnswered = answered.wait_for(patience) == std::future_status::ready;
    // Only one that hangs is left to itself: a thread that ends while the process does may crash.
    isAnswered ? asking.join() : asking.detach();
    return isAnswered && answered.get();
}

bool isWaylandReachable(const QByteArray& name)
{
    const QByteArray path = name.startsWith('/') ? name : qgetenv("XDG_RUNTIME_DIR") + '/' + name;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (std::size_t(path.size()) >= sizeof(address.sun_path))
        return false;
    std::memcpy(address.sun_path, path.constData(), std::size_t(path.size()));
    const int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0)
        return false;
    const bool isReached =
        connect(file, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    close(file);
    return isReached;
}

/// What is not drawn on a display, such as "offscreen", needs none.
bool needsNoDisplay()
{
    const QStringList platforms =
        qEnvironmentVariable("QT_QPA_PLATFORM").split(QLatin1Char(';'), Qt::SkipEmptyParts);
    for (const QString& platform : platforms)
        if (!platform.startsWith(QLatin1String("xcb")) &&
            !platform.startsWith(QLatin1String("wayland")))
            return true;
    return false;
}

} // namespace

std::optional<QString> missingDisplay()
{
#if defined(Q_OS_LINUX)
    // A compositor may hand its programs an open socket in place of a name.
    if (needsNoDisplay() || !qEnvironmentVariableIsEmpty("WAYLAND_SOCKET"))
        return std::nullopt;
    const QByteArray x11 = qgetenv("DISPLAY");
    const QByteArray wayland = qgetenv("WAYLAND_DISPLAY");
    if (x11.isEmpty() && wayland.isEmpty())
        return QStringLiteral("There is no display to open the window on (neither DISPLAY nor "
                              "WAYLAND_DISPLAY is set).");
    if (!wayland.isEmpty() && isWaylandReachable(wayland))
        return std::nullopt;
    if (!x11.isEmpty() && isX11Reachable(x11))
        return std::nullopt;
    return QStringLiteral("The display %1 cannot be reached: nothing answers there, or this "
                          "account may not use it.")
        .arg(QFile::decodeName(x11.isEmpty() ? wayland : x11));
#else
    return std::nullopt;
#endif
}

} // namespace tallystick
