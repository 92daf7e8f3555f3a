// SPDX-License-Identifier: GPL-3.0-or-later
//! A row's metadata as a tree and as the server printed it.
#pragma once
#include <QtCore/QJsonObject>
#include <QtWidgets/QWidget>

class QPlainTextEdit;
class QStackedWidget;
class QToolButton;
class QTreeWidget;

namespace tallystick {

class MetadataView final : public QWidget
{
    Q_OBJECT
public:
    explicit MetadataView(QWidget* parent = nullptr);
    /// \a text keeps integers beyond 2^53 exact; the raw view shows it.
    void show(const QJsonObject& metadata, const QByteArray& text);
    using QWidget::show;

private:
    QToolButton* m_asTree;
    QToolButton* m_asRaw;
    QStackedWidget* m_pages;
    QTreeWidget* m_tree;
    QPlainTextEdit* m_raw;
};

/// \a json with line breaks and two-space indents, every token as it was.
[[nodiscard]] QString indented(const QString& json);

} // namespace tallystick
