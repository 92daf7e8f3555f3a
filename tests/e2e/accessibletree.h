// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads another program's window as a screen reader does, over AT-SPI.
#pragma once
#include <QtCore/QList>
#include <QtCore/QRect>
#include <QtCore/QString>
#include <QtDBus/QDBusConnection>

#include <functional>
#include <optional>

namespace tallystick {

/// What a screen reader is told of one element.
struct AccessibleNode
{
    QString role; ///< "push button", "label", "text", "table cell", …
    QString name;
    QString text; ///< what an editable or a label holds, where it says
    QRect onScreen;
    bool isShowing = false;
    bool isEnabled = false;
    bool isFocused = false;
};

/// Finds the one application on the accessibility bus of a session. Every call asks anew: windows
/// change. At most so many elements are read that a list of thousands cannot hold a test up.
class AccessibleTree final
{
public:
    /// \a sessionBus is the address of a session's bus.
    explicit AccessibleTree(const QString& sessionBus);
    ~AccessibleTree();
    AccessibleTree(const AccessibleTree&) = delete;
    AccessibleTree& operator=(const AccessibleTree&) = delete;

    [[nodiscard]] bool isConnected() const { return m_bus.isConnected(); }
    [[nodiscard]] QList<AccessibleNode> nodes() const;

    using Wanted = std::function<bool(const AccessibleNode&)>;
    /// The first node that shows and is \a wanted, waiting for it at most \a millis.
    [[nodiscard]] std::optional<AccessibleNode> wait(const Wanted& wanted, int millis) const;
    /// Every node that shows, one a line, for the message of a failed test.
    [[nodiscard]] QString described() const;

private:
    QString m_connectionName;
    QDBusConnection m_bus;
};

} // namespace tallystick
