// SPDX-License-Identifier: GPL-3.0-or-later
//! A display and a session bus of a test's own, with a keyboard and a mouse.
#pragma once
#include <QtCore/QPoint>
#include <QtCore/QProcess>
#include <QtCore/QProcessEnvironment>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace tallystick {

/// Xvfb on a number it finds free itself, and a private dbus-daemon; both end with this object, by
/// their own process ids.
class Screen final
{
public:
    Screen() = default;
    ~Screen();
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    /// An empty answer, or what went wrong.
    [[nodiscard]] QString start(const QString& size);
    /// What a program needs to show itself here and to be read over AT-SPI.
    [[nodiscard]] QProcessEnvironment environment() const;
    [[nodiscard]] const QString& busAddress() const { return m_busAddress; }

    /// The id of the largest visible window of \a pid, once there is one; empty after \a millis.
    [[nodiscard]] QString windowOf(qint64 pid, int millis) const;
    [[nodiscard]] QString titleOf(const QString& window) const;
    /// Gives the keyboard to \a window; there is no window manager to do so.
    void focus(const QString& window) const;
    void press(const QString& key) const; ///< as xdotool names keys: "ctrl+k", "Return"
    void type(const QString& text) const;
    void click(const QPoint& at) const;
    [[nodiscard]] bool save(const QString& file) const;

private:
    QString run(const QString& program, const QStringList& arguments) const;
    QProcess m_server;
    QProcess m_bus;
    QString m_display;
    QString m_busAddress;
};

} // namespace tallystick
