# Permissions of a server of the project that captures rows and accepts outcomes: it can put both, and neither read, list
# nor delete them. The tests run a server with these statements.
locals {
  server = jsondecode(templatefile("${path.module}/server-policy.json", { bucket = var.bucket }))
}

# The role of a server, such as that of a pod, is not created here: attach this policy to it.
resource "aws_iam_policy" "server" {
  name        = "${local.prefix}-server"
  description = "What a server of the project may do to serve and capture rows for ${local.prefix}"
  policy      = jsonencode({ Version = "2012-10-17", Statement = local.server })
}
